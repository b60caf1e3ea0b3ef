/** A term structure as lines of a chart and rows of a table: pure. */

import type { Answer } from '@/api/client';

export type CurveAnswer = Answer<'/api/v1/futures/{root}/curve'>;
export type CurvePoint = CurveAnswer['points'][number];
type Slice = Pick<CurveAnswer, 'as_of' | 'points'>;

const DAY_MS = 86_400_000;

/** The place of an expiry on the axis: days since 1970, so that curves of different dates line up. */
export function dayOf(isoDate: string): number {
  return Math.round(Date.parse(isoDate.slice(0, 10)) / DAY_MS);
}

export function isoOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The priced contracts of a curve; a perpetual stands at the day it was looked at. */
export function pricedPoints(curve: Slice): Array<{ x: number; y: number; point: CurvePoint }> {
  return curve.points.flatMap((point) => (point.price === null ? [] : [{ x: dayOf(point.expiry ?? curve.as_of), y: point.price, point }]));
}

/** The contract that stands at a place, or null. */
export function pointAt(curve: Slice, x: number): CurvePoint | null {
  return pricedPoints(curve).find((each) => each.x === x)?.point ?? null;
}

export const COMPARISONS = [
  { value: '1', label: '1 day before' },
  { value: '7', label: '1 week before' },
  { value: '30', label: '1 month before' },
  { value: '365', label: '1 year before' },
] as const;

/** The instants to lay over a curve: so many days before the moment looked at, to the minute so that answers can be kept. */
export function comparedInstants(days: readonly string[], now: Date): string[] {
  return days.map((each) => new Date(Math.floor((now.getTime() - Number(each) * DAY_MS) / 60_000) * 60_000).toISOString().replace('.000Z', 'Z'));
}

/** The days asked for, of those on offer. */
export function askedDays(text: string | null): string[] {
  const asked = (text ?? '').split(',');
  return COMPARISONS.map((each) => each.value).filter((value) => asked.includes(value));
}

/** One tick a contract where there is room, at the first of a month's expiries. */
export function monthTicks(days: readonly number[]): number[] {
  const seen = new Set<string>();
  return days.filter((day) => {
    const month = isoOfDay(day).slice(0, 7);
    if (seen.has(month)) return false;
    seen.add(month);
    return true;
  });
}
