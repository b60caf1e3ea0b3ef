'use client';

import { Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useEffect, useState } from 'react';

/** Light or dark. Drawn only after mounting: the server cannot know which one it is. */
export function ThemeSwitch() {
  const { resolvedTheme, setTheme } = useTheme();
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  const dark = mounted && resolvedTheme === 'dark';
  const next = dark ? 'light' : 'dark';
  return (
    <button type="button" className="control w-8 justify-center px-0" aria-label={mounted ? `Switch to ${next} colours` : 'Switch colours'} onClick={() => setTheme(next)}>
      {mounted && (dark ? <Sun className="icon" aria-hidden /> : <Moon className="icon" aria-hidden />)}
    </button>
  );
}
