'use client';

import { useAsOf } from '@/api/use-as-of';
import { isAhead, shifted } from '@/lib/time';
import { useQuery } from '@/ui/use-query';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The ways through time, shared by the control, the bar of the past, the keys and the search. */
export function useMoment() {
  const { asOf } = useAsOf();
  const { change } = useQuery();
  /** Looks at a moment; null is now. */
  const go = (iso: string | null) => change({ as_of: iso }, 'push');
  /** Steps from the moment looked at; a step past now is now. */
  const step = (milliseconds: number) => {
    const next = shifted(asOf ?? new Date().toISOString(), milliseconds);
    if (asOf || milliseconds < 0) go(isAhead(next, Date.now() - MINUTE_MS) ? null : next);
  };
  return { asOf, go, step };
}
