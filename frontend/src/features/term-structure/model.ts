/** A term structure as lines of a chart and rows of a table: pure. */

import type { Answer } from '@/api/client';
import { earlierWords, isMoment } from '@/lib/earlier';
import { formatSignedPercent } from '@/lib/format';

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

/** The point of an earlier curve to hold against one of today's: the same contract, wherever a perpetual stood then, else what stood at that place. */
export function pointBeside(then: Slice, point: CurvePoint | null, x: number): CurvePoint | null {
  return then.points.find((each) => each.symbol === point?.symbol && each.price !== null) ?? pointAt(then, x);
}

/** The moments on offer to lay over a curve. */
export const COMPARISONS = [
  { value: '1', label: '1 day before' },
  { value: '7', label: '1 week before' },
  { value: '30', label: '1 month before' },
  { value: '365', label: '1 year before' },
] as const;

/** A moment laid over the curve, as it was asked for, and the curve of then; null where none is stored. */
export interface Compared {
  asked: string;
  label: string;
  curve: CurveAnswer['compare'][number] | null;
}

/** What was asked for in its order, each with its own curve: a moment of which nothing is stored is left out of the answer. */
export function comparedCurves(asked: readonly string[], moments: readonly string[], answered: CurveAnswer['compare']): Compared[] {
  return asked.map((value, at) => {
    const curve = answered.find((each) => isMoment(each.as_of, moments[at] ?? '')) ?? null;
    return { asked: value, label: earlierWords(value, COMPARISONS), curve: curve && curve.points.some((point) => point.price !== null) ? curve : null };
  });
}

/** The shape of a curve in words: "Backwardation, −3.1 % a year". */
export function shapeWords(curve: Pick<CurveAnswer, 'shape' | 'shape_pct_annualised'>): string | null {
  if (curve.shape === null) return null;
  const word = curve.shape.charAt(0).toUpperCase() + curve.shape.slice(1);
  return curve.shape_pct_annualised === null ? word : `${word}, ${formatSignedPercent(curve.shape_pct_annualised / 100, 1)} a year`;
}

/** What holding the first contract with a price earned a year as it moved down the curve. */
export const frontRollYield = (curve: Slice): number | null => curve.points.find((point) => point.roll_yield_annualised !== null)?.roll_yield_annualised ?? null;

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
