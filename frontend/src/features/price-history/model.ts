/** Bars as candles: pure. */

import type { Answer } from '@/api/client';

export type Bars = Answer<'/api/v1/instruments/{symbol}/bars'>;

export interface CandleRow {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number | null;
}

export const INTERVALS = [
  { value: '1m', label: '1 m' },
  { value: '5m', label: '5 m' },
  { value: '15m', label: '15 m' },
  { value: '30m', label: '30 m' },
  { value: '1h', label: '1 h' },
  { value: '1d', label: '1 d' },
] as const;

export type Interval = (typeof INTERVALS)[number]['value'];

/** The candles of an answer; a bar that lacks one of its four prices is no candle. */
export function candlesOf(bars: Pick<Bars, 'items'>): CandleRow[] {
  return bars.items.flatMap(({ ts, open, high, low, close, volume }) =>
    open === null || high === null || low === null || close === null ? [] : [{ time: Math.floor(Date.parse(ts) / 1000), open, high, low, close, volume }],
  );
}

export function intervalOf(text: string | null): Interval {
  return INTERVALS.find((each) => each.value === text)?.value ?? '1m';
}
