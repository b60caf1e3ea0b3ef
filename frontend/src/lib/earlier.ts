/** Earlier moments that something is held against: so many days before the one looked at, or dates. */

import { formatDate } from './time';

export interface Offered {
  /** A number of days. */
  value: string;
  label: string;
}

const DAY_MS = 86_400_000;
export const MOST_EARLIER = 4;

const isDate = (text: string): boolean => /^20\d{2}-[01]\d-[0-3]\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** What an address asks for: numbers of days on offer, and dates; each once, at most four. */
export function askedEarlier(text: string | null, offered: readonly Offered[]): string[] {
  const known = new Set(offered.map((each) => each.value));
  return [...new Set((text ?? '').split(',').filter((each) => known.has(each) || isDate(each)))].slice(0, MOST_EARLIER);
}

/** The moment to ask for: so many days before `now`, to the minute so that answers can be kept, or a date, which is its last moment. */
export function earlierMoment(asked: string, now: Date): string {
  if (isDate(asked)) return asked;
  return new Date(Math.floor((now.getTime() - Number(asked) * DAY_MS) / 60_000) * 60_000).toISOString().replace('.000Z', 'Z');
}

/** Whether an answer's instant is the moment that was asked for; a date is answered with its last microsecond. */
export function isMoment(answered: string, asked: string): boolean {
  return Date.parse(answered) === Date.parse(isDate(asked) ? `${asked}T23:59:59.999Z` : asked);
}

export const earlierWords = (asked: string, offered: readonly Offered[]): string => offered.find((each) => each.value === asked)?.label ?? formatDate(asked);
