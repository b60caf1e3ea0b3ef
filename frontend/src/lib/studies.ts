/** What is computed of a series of bars: averages, span, movement. Pure. */

import type { Bar } from './bars';

export type AverageKind = 'sma' | 'ema';

interface Spot {
  time: number;
  value: number;
}

/** The mean of the last `length` closes, from the bar on at which there are so many. */
export function simpleAverage(bars: ReadonlyArray<Pick<Bar, 'time' | 'close'>>, length: number): Spot[] {
  let sum = 0;
  return bars.flatMap(({ time, close }, index) => {
    sum += close - (bars[index - length]?.close ?? 0);
    return index < length - 1 ? [] : [{ time, value: sum / length }];
  });
}

/** Each close weighs 2 / (length + 1), what was before the rest; it begins with the mean of the first `length` closes. */
export function exponentialAverage(bars: ReadonlyArray<Pick<Bar, 'time' | 'close'>>, length: number): Spot[] {
  const weight = 2 / (length + 1);
  let value = bars.slice(0, length).reduce((sum, bar) => sum + bar.close, 0) / length;
  return bars.flatMap(({ time, close }, index) => {
    if (index < length - 1) return [];
    if (index >= length) value += weight * (close - value);
    return [{ time, value }];
  });
}

export const averageOf = (kind: AverageKind) => (kind === 'sma' ? simpleAverage : exponentialAverage);

const YEAR_SECONDS = 365 * 86_400;

/**
 * √(Σ ln(closeᵢ / closeᵢ₋₁)² / T), T the time from the first close to the last in years of 365 days: the yearly movement
 * that took place, gaps and nights included. Null for fewer than three bars, or prices that are not above zero.
 */
export function realisedVolatility(bars: ReadonlyArray<Pick<Bar, 'time' | 'close'>>): number | null {
  const first = bars[0];
  const last = bars.at(-1);
  if (!first || !last || bars.length < 3 || bars.some(({ close }) => close <= 0)) return null;
  const squares = bars.slice(1).reduce((sum, { close }, index) => sum + Math.log(close / (bars[index] as { close: number }).close) ** 2, 0);
  return Math.sqrt(squares / ((last.time - first.time) / YEAR_SECONDS));
}

export interface Summary {
  high: Spot;
  low: Spot;
  change: number;
  /** A fraction; null where the first price is not above zero. */
  changePart: number | null;
  averageVolume: number | null;
  volatility: number | null;
}

/** Span, change, mean volume (over the bars that have one) and movement of the bars; null for none. */
export function summaryOf(bars: readonly Bar[]): Summary | null {
  const first = bars[0];
  const last = bars.at(-1);
  if (!first || !last) return null;
  const high = bars.reduce((best, bar) => (bar.high > best.high ? bar : best));
  const low = bars.reduce((best, bar) => (bar.low < best.low ? bar : best));
  const volumes = bars.flatMap(({ volume }) => (volume === null ? [] : [volume]));
  return {
    high: { time: high.time, value: high.high },
    low: { time: low.time, value: low.low },
    change: last.close - first.open,
    changePart: first.open > 0 ? last.close / first.open - 1 : null,
    averageVolume: volumes.length ? volumes.reduce((sum, volume) => sum + volume, 0) / volumes.length : null,
    volatility: realisedVolatility(bars),
  };
}
