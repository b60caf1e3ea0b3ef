'use client';

import { ThemeProvider, useTheme } from 'next-themes';
import type { ReactNode } from 'react';
import { Toaster } from 'sonner';

export function Providers({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      {children}
      <Toasts />
    </ThemeProvider>
  );
}

function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      theme={resolvedTheme === 'light' ? 'light' : 'dark'}
      position="bottom-right"
      // Its own style sheet would set another typeface.
      style={{ fontFamily: 'inherit' }}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{ unstyled: true, classNames: { toast: 'flex w-[var(--width)] items-center gap-3 rounded border border-line bg-raised px-4 py-3 text-13 text-text shadow-float', icon: 'flex-none' } }}
    />
  );
}
