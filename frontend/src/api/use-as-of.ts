'use client';

import { useSearchParams } from 'next/navigation';

export interface Moment {
  /** The instant looked at, or undefined for now. */
  asOf: string | undefined;
  isLive: boolean;
  /** How often to ask again: never in the past, which does not change. */
  every: (milliseconds: number) => number;
}

/** The moment the whole desk is looked at: `?as_of=` of the address, or now. */
export function useAsOf(): Moment {
  const value = useSearchParams().get('as_of');
  const isPast = value !== null && !Number.isNaN(Date.parse(value));
  return { asOf: isPast ? value : undefined, isLive: !isPast, every: (milliseconds) => (isPast ? 0 : milliseconds) };
}
