'use client';

import { useSearchParams } from 'next/navigation';
import { isAhead } from '@/lib/time';

export interface Moment {
  /** The instant looked at, or undefined for now. */
  asOf: string | undefined;
  isLive: boolean;
  /** A moment the address names that has not come yet; now is shown instead. */
  ahead: string | null;
  /** How often to ask again: never in the past, which does not change. */
  every: (milliseconds: number) => number;
}

/** The moment the whole desk is looked at: `?as_of=` of the address, or now. */
export function useAsOf(): Moment {
  const value = useSearchParams().get('as_of');
  const isMoment = value !== null && !Number.isNaN(Date.parse(value));
  const ahead = isMoment && isAhead(value) ? value : null;
  const isPast = isMoment && ahead === null;
  return { asOf: isPast ? value : undefined, isLive: !isPast, ahead, every: (milliseconds) => (isPast ? 0 : milliseconds) };
}
