'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { toast, Toaster as Sonner } from 'sonner';
import { speakThrough } from './toast';

/** Where words said in passing are shown. */
export default function Toaster() {
  const { resolvedTheme } = useTheme();
  useEffect(() => speakThrough(toast), []);
  return (
    <Sonner
      theme={resolvedTheme === 'light' ? 'light' : 'dark'}
      position="bottom-right"
      // Its own style sheet would set another typeface.
      style={{ fontFamily: 'inherit' }}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{ unstyled: true, classNames: { toast: 'flex w-[var(--width)] items-center gap-3 rounded border border-line bg-raised px-4 py-3 text-13 text-text shadow-float', icon: 'flex-none' } }}
    />
  );
}
