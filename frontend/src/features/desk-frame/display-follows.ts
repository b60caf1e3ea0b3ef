'use client';

import { useTheme } from 'next-themes';
import { useEffect, useRef } from 'react';
import { oneOf, usePreference } from '@/api/preferences';
import { COLOURS, DENSITIES, useColours, useDensity, useZoneWish, ZONES } from '@/ui/preferences';

const THEMES = ['system', 'light', 'dark'] as const;

/**
 * How the desk looks follows the person. Each device keeps it too, for the pages before signing in and the first
 * moment of the others: what the person chose elsewhere comes here, what is chosen here goes there.
 */
export function DisplayFollows() {
  const { theme = 'system', setTheme } = useTheme();
  useFollowing('theme', THEMES, theme, setTheme);
  useFollowing('zone', ZONES, ...useZoneWish());
  useFollowing('density', DENSITIES, ...useDensity());
  useFollowing('colours', COLOURS, ...useColours());
  return null;
}

function useFollowing<T extends string>(key: string, words: readonly T[], here: string, setHere: (value: T) => void): void {
  const [kept, keep] = usePreference<T | null>(key, null, oneOf(...words));
  const before = useRef(here);
  useEffect(() => {
    if (kept !== null && kept !== here) setHere(kept);
    // Only what was chosen elsewhere comes here; what is chosen here is the other way round.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [kept]);
  useEffect(() => {
    if (here === before.current) return;
    before.current = here;
    const chosen = words.find((word) => word === here);
    if (chosen !== undefined && chosen !== kept) keep(chosen);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [here]);
}
