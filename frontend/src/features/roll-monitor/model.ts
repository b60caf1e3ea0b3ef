/** How a product moves from its front contract to the next: pure. */

import type { Answer } from '@/api/client';

export type Monitor = Answer<'/api/v1/futures/{root}/roll'>;

const DAY_MS = 86_400_000;

export const dayOf = (isoDate: string): number => Math.round(Date.parse(isoDate) / DAY_MS);
export const isoOfDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

interface Spot {
  x: number;
  y: number;
}

/** The next contract's part of both, by day. */
export function shareLine(monitor: Pick<Monitor, 'migration'>, of: 'volume_share' | 'open_interest_share'): Spot[] {
  return monitor.migration.flatMap((row) => {
    const share = row[of];
    return share === null ? [] : [{ x: dayOf(row.date), y: share }];
  });
}

/** The row of a day, or the latest. */
export function rowAt(monitor: Pick<Monitor, 'migration'>, day: number | null): Monitor['migration'][number] | null {
  if (day === null) return monitor.migration.at(-1) ?? null;
  return monitor.migration.find((row) => dayOf(row.date) === day) ?? null;
}

/** "in 22 days", "today", "3 days ago". */
export function whenWords(days: number | null): string {
  if (days === null) return 'not known';
  if (days === 0) return 'today';
  const size = Math.abs(days);
  const words = `${size} ${size === 1 ? 'day' : 'days'}`;
  return days > 0 ? `in ${words}` : `${words} ago`;
}
