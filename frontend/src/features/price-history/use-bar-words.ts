'use client';

import { useCallback } from 'react';
import type { TickUnit } from '@/lib/axis-time';
import { tickWords } from '@/lib/axis-time';
import { formatDate, formatInstant } from '@/lib/time';
import { useZone } from '@/ui/preferences';
import type { Interval } from './model';

/** Times of bars in words: days are the exchange's own, everything shorter is on the reader's clock. */
export function useBarWords(interval: Interval) {
  const [zone] = useZone();
  const isDaily = interval === '1d';
  const when = useCallback(
    (time: number) => {
      const iso = new Date(time * 1000).toISOString();
      return isDaily ? formatDate(iso) : formatInstant(iso, zone, interval === '1s');
    },
    [isDaily, interval, zone],
  );
  const tick = useCallback((time: number, unit: TickUnit) => tickWords(time, unit, isDaily ? 'utc' : zone), [isDaily, zone]);
  return { when, tick };
}
