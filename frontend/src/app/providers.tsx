'use client';

import { ThemeProvider } from 'next-themes';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { whenIdle } from '@/lib/when-idle';

const Toaster = dynamic(() => import('@/ui/toaster'), { ssr: false });

export function Providers({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      {children}
      <ToasterLater />
    </ThemeProvider>
  );
}

/** Nobody has anything to say in passing before the page stands. */
function ToasterLater() {
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => whenIdle(() => setIsIdle(true)), []);
  return isIdle ? <Toaster /> : null;
}
