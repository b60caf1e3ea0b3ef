'use client';

import { useTheme } from 'next-themes';
import { useRouter } from 'next/navigation';
import { toast } from '@/ui/toast';
import { Problem } from '@/api/problem';
import { useSession } from '@/api/session';
import { COLOUR_CHOICES, DENSITY_CHOICES, THEME_CHOICES, ZONE_CHOICES } from '@/ui/display-choices';
import { useColours, useDensity, useZoneWish } from '@/ui/preferences';
import { DAY_MS, HOUR_MS, MINUTE_MS, useMoment } from './use-moment';

export interface Action {
  id: string;
  name: string;
  /** What else it is looked for by. */
  words: string;
  run: () => void;
}

/** Everything that can be done from anywhere, by name. What is so already is not offered. */
export function useActions(showKeys: () => void, startTour?: () => void): Action[] {
  const { theme, setTheme } = useTheme();
  const [zone, setZone] = useZoneWish();
  const [density, setDensity] = useDensity();
  const [colours, setColours] = useColours();
  const { asOf, go, step } = useMoment();
  const { signOut } = useSession();
  const router = useRouter();
  const leave = () =>
    void signOut().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      toast.error(`You are still signed in. ${error.title}.`);
    });
  const each = <T extends string>(id: string, name: string, words: string, choices: ReadonlyArray<{ value: T; label: string }>, now: string | undefined, choose: (value: T) => void): Action[] =>
    choices.filter(({ value }) => value !== now).map(({ value, label }) => ({ id: `${id}-${value}`, name: `${name}: ${label.toLowerCase() === 'utc' ? label : label.toLowerCase()}`, words, run: () => choose(value) }));
  const time = (id: string, name: string, run: () => void): Action => ({ id, name, words: 'time travel past history as of moment', run });
  return [
    ...(asOf ? [time('live', 'Back to live', () => go(null))] : []),
    time('minutes', 'Look 15 minutes back', () => step(-15 * MINUTE_MS)),
    time('hour', 'Look an hour back', () => step(-HOUR_MS)),
    time('day', 'Look a day back', () => step(-DAY_MS)),
    time('week', 'Look a week back', () => step(-7 * DAY_MS)),
    ...each('theme', 'Theme', 'light dark system appearance night day mode', THEME_CHOICES, theme, setTheme),
    ...each('zone', 'Times', 'zone clock timezone hours', ZONE_CHOICES, zone, setZone),
    ...each('density', 'Rows', 'density comfortable compact table height', DENSITY_CHOICES, density, setDensity),
    ...each('colours', 'Colours', 'up down green red blind colors', COLOUR_CHOICES, colours, setColours),
    { id: 'keys', name: 'Show the map of keys', words: 'shortcuts keyboard help', run: showKeys },
    ...(startTour ? [{ id: 'tour', name: 'Take the tour', words: 'help introduction new first minute guide', run: startTour }] : []),
    { id: 'account', name: 'Account', words: 'settings profile password sessions api keys display', run: () => router.push('/account') },
    { id: 'sign-out', name: 'Sign out', words: 'log out leave logout', run: leave },
  ];
}
