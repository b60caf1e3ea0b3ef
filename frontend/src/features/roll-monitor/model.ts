/** How a product moves from its front contract to the next: pure. */

import type { Answer } from '@/api/client';
import type { FileFormat } from '@/lib/file-address';
import { fileAddress } from '@/lib/file-address';

export type Monitor = Answer<'/api/v1/futures/{root}/roll'>;

export type PastRoll = Answer<'/api/v1/futures/{root}/rolls'>['items'][number];
export type Rule = Answer<'/api/v1/futures/{root}/rolls'>['roll'];

export const RULES: ReadonlyArray<{ value: Rule; label: string; hint: string }> = [
  { value: 'calendar', label: 'Calendar', hint: 'Five trading days before the last one, or before first notice.' },
  { value: 'volume', label: 'Volume', hint: 'The day after a later contract traded more.' },
  { value: 'oi', label: 'Open interest', hint: 'Two days after a later contract had more open interest.' },
];

/** The address of the roll table as a file. */
export function exportAddress(root: string, roll: Rule, format: FileFormat, source?: string, asOf?: string): string {
  return fileAddress(`/futures/${encodeURIComponent(root)}/rolls`, format, { roll, source, as_of: asOf });
}

/** Mean gap of the rolls that have one, as a fraction of the price left; null where none has. */
export function meanGap(rolls: ReadonlyArray<Pick<PastRoll, 'factor'>>): number | null {
  const parts = rolls.flatMap(({ factor }) => (factor === null ? [] : [factor - 1]));
  return parts.length ? parts.reduce((sum, part) => sum + part, 0) / parts.length : null;
}

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

/** Both contracts' own figures, by day. */
export function countLines(monitor: Pick<Monitor, 'migration'>, of: 'volume' | 'open_interest'): { front: Spot[]; next: Spot[] } {
  const line = (side: 'front' | 'next') =>
    monitor.migration.flatMap((row) => {
      const count = row[`${side}_${of}`];
      return count === null ? [] : [{ x: dayOf(row.date), y: count }];
    });
  return { front: line('front'), next: line('next') };
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
