/** What the page of a contract's bars can show, and what of it was chosen: pure. */

import type { Answer } from '@/api/client';
import type { Bar } from '@/lib/bars';
import type { FileFormat } from '@/lib/file-address';
import { fileAddress } from '@/lib/file-address';
import type { AverageKind } from '@/lib/studies';
import { averageOf } from '@/lib/studies';

export type Bars = Answer<'/api/v1/instruments/{symbol}/bars'>;
export type Stored = Answer<'/api/v1/instruments/{symbol}/depth'>['items'][number];

export const INTERVALS = [
  { value: '1s', label: '1\u202fs', seconds: 1 },
  { value: '1m', label: '1\u202fm', seconds: 60 },
  { value: '5m', label: '5\u202fm', seconds: 300 },
  { value: '15m', label: '15\u202fm', seconds: 900 },
  { value: '30m', label: '30\u202fm', seconds: 1_800 },
  { value: '1h', label: '1\u202fh', seconds: 3_600 },
  { value: '1d', label: '1\u202fd', seconds: 86_400 },
] as const;

export type Interval = (typeof INTERVALS)[number]['value'];

export const intervalOf = (text: string | null): Interval => INTERVALS.find((each) => each.value === text)?.value ?? '1m';
export const secondsOf = (interval: Interval): number => INTERVALS.find((each) => each.value === interval)?.seconds ?? 60;
export const intervalWords = (interval: string | null): string => (interval === null ? 'Quotes' : (INTERVALS.find((each) => each.value === interval)?.label ?? interval));

export interface Average {
  kind: AverageKind;
  length: number;
}

export interface Studies {
  volume: boolean;
  interest: boolean;
  sessions: boolean;
  marks: boolean;
  averages: readonly Average[];
}

export const USUAL: Studies = { volume: true, interest: false, sessions: false, marks: true, averages: [] };
export const MOST_AVERAGES = 3;
export const LONGEST_AVERAGE = 400;
export const AVERAGE_TOKENS = ['accent', 'warn', 'series-3'] as const;
export const AVERAGE_NAMES: Record<AverageKind, string> = { sma: 'SMA', ema: 'EMA' };

const isLength = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 2 && (value as number) <= LONGEST_AVERAGE;

/** What was kept, as far as this version knows it; null where it is something else. */
export function parseStudies(kept: unknown): Studies | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const known = kept as Record<string, unknown>;
  const flag = (name: 'volume' | 'interest' | 'sessions' | 'marks') => (typeof known[name] === 'boolean' ? known[name] : USUAL[name]);
  const averages = Array.isArray(known.averages) ? (known.averages as Array<Partial<Average> | null>) : [];
  return {
    volume: flag('volume'),
    interest: flag('interest'),
    sessions: flag('sessions'),
    marks: flag('marks'),
    averages: averages.flatMap((each) => (each && (each.kind === 'sma' || each.kind === 'ema') && isLength(each.length) ? [{ kind: each.kind, length: each.length }] : [])).slice(0, MOST_AVERAGES),
  };
}

/** A length that was typed, within bounds; null for what is no number. */
export function lengthFrom(text: string): number | null {
  const value = Math.round(Number(text));
  return text.trim() === '' || !Number.isFinite(value) ? null : Math.min(LONGEST_AVERAGE, Math.max(2, value));
}

export interface DrawnAverage {
  key: string;
  name: string;
  token: string;
  points: ReadonlyArray<{ time: number; value: number }>;
}

export function averagesOf(bars: readonly Bar[], averages: readonly Average[]): DrawnAverage[] {
  return averages.map(({ kind, length }, index) => ({
    key: `${index} ${kind} ${length}`,
    name: `${AVERAGE_NAMES[kind]} ${length}`,
    token: AVERAGE_TOKENS[index] ?? 'muted',
    points: averageOf(kind)(bars, length),
  }));
}

interface Life {
  expiry?: string | null;
  first_notice?: string | null;
  last_trade?: string | null;
}

interface Rolled {
  ts: string;
  from: string;
  to: string;
}

/** What happened to a contract among these bars, each at the first bar not before it: its rolls, notice and end. */
export function marksOf(bars: ReadonlyArray<Pick<Bar, 'time'>>, symbol: string, life: Life, rolls: readonly Rolled[]): Array<{ time: number; text: string }> {
  const moments: Array<[string | null | undefined, string]> = [
    ...rolls.filter((roll) => roll.to === symbol).map((roll): [string, string] => [roll.ts, 'front']),
    ...rolls.filter((roll) => roll.from === symbol).map((roll): [string, string] => [roll.ts, `roll to ${roll.to}`]),
    [life.first_notice, 'first notice'],
    [life.last_trade === life.expiry ? null : life.last_trade, 'last trading day'],
    [life.expiry, 'expiry'],
  ];
  const first = bars[0]?.time ?? Infinity;
  return moments
    .flatMap(([iso, text]) => {
      const moment = iso ? Math.floor(Date.parse(iso) / 1000) : NaN;
      const place = moment >= first ? bars.find(({ time }) => time >= moment) : undefined;
      return place ? [{ time: place.time, text }] : [];
    })
    .sort((a, b) => a.time - b.time);
}

/** The address of the bars that are shown, as a file. */
export function exportAddress(symbol: string, format: FileFormat, question: { interval: Interval; source?: string; asOf?: string; first?: number; last?: number }): string {
  const iso = (time: number) => new Date(time * 1000).toISOString().replace('.000Z', 'Z');
  return fileAddress(`/instruments/${encodeURIComponent(symbol)}/bars`, format, {
    interval: question.interval,
    limit: '5000',
    source: question.source,
    as_of: question.asOf,
    from: question.first === undefined ? undefined : iso(question.first),
    to: question.last === undefined ? undefined : iso(question.last + secondsOf(question.interval)),
  });
}
