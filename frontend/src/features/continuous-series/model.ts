/** A continuous series as candles with its rolls marked: pure. */

import type { Answer } from '@/api/client';
import type { FileFormat } from '@/lib/file-address';
import { fileAddress } from '@/lib/file-address';

export type Continuous = Answer<'/api/v1/futures/{root}/continuous'>;
export type Roll = Continuous['rolls'][number];
export type RollRule = Continuous['roll'];
export type Adjust = Continuous['adjust'];

export const RULES: ReadonlyArray<{ value: RollRule; label: string }> = [
  { value: 'calendar', label: 'Calendar' },
  { value: 'volume', label: 'Volume' },
  { value: 'oi', label: 'Open interest' },
  { value: 'source', label: "The source's own" },
];
export const ADJUSTMENTS: ReadonlyArray<{ value: Adjust; label: string; hint: string }> = [
  { value: 'none', label: 'As traded', hint: 'Prices as they were; the series jumps at each roll.' },
  { value: 'difference', label: 'Difference', hint: 'Earlier prices are moved by the gap of each roll: changes in points stay true.' },
  { value: 'ratio', label: 'Ratio', hint: 'Earlier prices are scaled by the factor of each roll: changes in percent stay true.' },
];
export const RANKS = [1, 2, 3, 4].map((rank) => ({ value: String(rank), label: rank === 1 ? 'Front' : `${rank}${['th', 'st', 'nd', 'rd'][rank] ?? 'th'}` }));

export interface SeriesCandle {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number | null;
  contract: string;
}

const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1000);

/** Candles of the series; a row that has only a close is a candle of that one price. */
export function candlesOf(series: Pick<Continuous, 'items'>): SeriesCandle[] {
  return series.items.flatMap(({ ts, contract, open, high, low, close, volume }) =>
    close === null ? [] : [{ time: seconds(ts), open: open ?? close, high: high ?? close, low: low ?? close, close, volume, contract }],
  );
}

/** Where the series goes on to another contract: the first candle of it. */
export function rollMarks(candles: readonly SeriesCandle[]): Array<{ time: number; text: string }> {
  return candles.flatMap((candle, index) => {
    const before = candles[index - 1];
    return before && before.contract !== candle.contract ? [{ time: candle.time, text: 'roll' }] : [];
  });
}

export interface Question {
  root: string;
  rank: number;
  roll: RollRule;
  adjust: Adjust;
  source?: string;
  asOf?: string;
}

/** The address of the series, or of its roll table, as a file. */
export function exportAddress(what: 'continuous' | 'rolls', format: FileFormat, { root, rank, roll, adjust, source, asOf }: Question): string {
  return fileAddress(`/futures/${encodeURIComponent(root)}/${what}`, format, {
    rank: String(rank),
    roll,
    adjust: what === 'continuous' ? adjust : undefined,
    source,
    as_of: asOf,
  });
}

/** What all bridged rolls move the earliest prices by: points, or a factor; null where one cannot be bridged. */
export function movedBy(rolls: ReadonlyArray<Pick<Roll, 'gap' | 'factor'>>, adjust: Adjust): number | null {
  if (adjust === 'none') return 0;
  return rolls.reduce<number | null>((sum, { gap, factor }) => {
    const step = adjust === 'difference' ? gap : factor;
    return sum === null || step === null ? null : adjust === 'difference' ? sum + step : sum * step;
  }, adjust === 'difference' ? 0 : 1);
}

const ROLL_STATUS: Record<string, string> = {
  no_overlap: 'The two contracts share no price of one day',
  not_positive: 'A price is not above zero, so there is no factor',
};

export const rollReason = (status: string): string => ROLL_STATUS[status] ?? 'Not known';
export const ruleWords = (reason: string): string => RULES.find((rule) => rule.value === reason)?.label ?? reason.charAt(0).toUpperCase() + reason.slice(1);
