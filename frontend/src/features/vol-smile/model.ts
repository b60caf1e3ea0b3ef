/** Smiles as lines of a chart: pure. */

import type { Answer } from '@/api/client';

export type SmileAnswer = Answer<'/api/v1/options/{underlying}/smile'>;
export type Smile = SmileAnswer['smiles'][number];
export type SmilePoint = Smile['points'][number];
export type MissingPoint = Smile['rejected'][number];
export type Chain = Answer<'/api/v1/options/{underlying}/chain'>;
export type SmileAxis = 'strike' | 'log_moneyness' | 'delta';
/** What is drawn through the points: nothing, a smooth line, or one SVI slice. */
export type CurveKind = 'points' | 'smooth' | 'svi';

interface Spot {
  x: number;
  y: number;
  low?: number | null;
  high?: number | null;
  hollow?: boolean;
}

/** A quote so much older than the newest of its smile is from another market. */
const OLD_MS = 60_000;

/** The moments on offer to be held against. */
export const AGAINST = [
  { value: '1', label: '1 day before' },
  { value: '7', label: '1 week before' },
  { value: '28', label: '4 weeks before' },
] as const;

/** One line of the picture: an expiry at a moment, and the present smile of the same expiry where it is of an earlier one. */
export interface SmileLine {
  key: string;
  smile: Smile;
  present: Smile | null;
  /** Place among the expiries and among the moments: colour and dashes. */
  colour: number;
}

/** The smiles told apart: those of the moment looked at come first, earlier ones know which they are of. */
export function smileLines(smiles: readonly Smile[]): SmileLine[] {
  const now = smiles[0]?.as_of;
  const present = smiles.filter((smile) => smile.as_of === now);
  const moments = [...new Set(smiles.map((smile) => smile.as_of))];
  return smiles.map((smile) => {
    const of = smile.as_of === now ? null : (present.find((each) => each.expiry === smile.expiry) ?? null);
    const expiry = Math.max(0, present.findIndex((each) => each.expiry === smile.expiry));
    // One expiry: a colour for each moment. Several: a colour for each expiry, and the moments are dashed.
    const colour = present.length > 1 ? expiry : moments.indexOf(smile.as_of);
    return { key: `${smile.expiry} ${smile.as_of}`, smile, present: of, colour };
  });
}

/** Whether an option is one of a smile: out of the money, or at it. */
const isOfSmile = (right: 'C' | 'P', strike: number, forward: number): boolean => (right === 'C' ? strike >= forward : strike <= forward);

function placeOf(axis: SmileAxis, strike: number, forward: number | null, delta: number | null): number | null {
  if (axis === 'strike') return strike;
  if (axis === 'delta') return delta;
  return forward === null ? null : Math.log(strike / forward);
}

/**
 * A smile whose points are those of a chain told since: its quotes, its forward, its rate. The curve stays the one that
 * was fitted last, and a point keeps its last place on the axis of delta.
 */
export function followed(smile: Smile, chain: Chain | null, axis: SmileAxis): Smile {
  if (chain === null || chain.expiry !== smile.expiry || chain.forward === null) return smile;
  const { forward, expiry } = chain;
  const told = Date.parse(chain.as_of);
  const deltas = new Map(smile.points.map((point) => [point.symbol, point.delta]));
  const points: SmilePoint[] = [];
  const rejected: MissingPoint[] = [];
  for (const { strike, call, put } of chain.rows) {
    for (const [right, side] of [['P', put], ['C', call]] as const) {
      if (!side || !isOfSmile(right, strike, forward)) continue;
      const { symbol, iv, iv_bid, iv_ask, status } = side;
      const quote_age_ms = Math.max(0, told - Date.parse(side.ts));
      if (iv === null || (status !== 'ok' && status !== 'wide')) {
        rejected.push({ symbol, expiry, strike, right, status, quote_age_ms });
        continue;
      }
      const delta = deltas.get(symbol) ?? null;
      points.push({ x: placeOf(axis, strike, forward, delta), symbol, strike, right, log_moneyness: Math.log(strike / forward), delta, iv, iv_bid, iv_ask, status, quote_age_ms });
    }
  }
  const { forward_source, rate, rate_source, atm_iv } = chain;
  return { ...smile, forward, forward_source, rate, rate_source, atm_iv, points, rejected };
}

/** What less than the others a point is to be trusted for: a wide quote, or one older than its smile. */
export function isDoubtful(point: SmilePoint, smile: Smile): boolean {
  return point.status === 'wide' || isOld(point, smile);
}

export function isOld(point: SmilePoint | MissingPoint, smile: Smile): boolean {
  const newest = smile.points.reduce((least, each) => Math.min(least, each.quote_age_ms), Infinity);
  return point.quote_age_ms - newest > OLD_MS;
}

/** Where on the axis an option of a smile has no point; delta is not known without a volatility. */
export function missingPlaces(smile: Smile | undefined, axis: SmileAxis): Array<{ x: number; missing: MissingPoint }> {
  if (!smile || axis === 'delta') return [];
  const quoted = new Set(smile.points.map((point) => point.strike));
  return smile.rejected.flatMap((missing) => {
    const x = placeOf(axis, missing.strike, smile.forward, null);
    return x === null || quoted.has(missing.strike) ? [] : [{ x, missing }];
  });
}

export interface Count {
  status: string;
  count: number;
}

/** Options left out, counted by their reason, most first. */
export function leftOut(smile: Smile): Count[] {
  const counts = new Map<string, number>();
  for (const { status } of smile.rejected) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count);
}

interface SmileCell {
  iv: number | null;
  bid: number | null;
  ask: number | null;
  delta: number | null;
  age: number | null;
  change: number | null;
  /** Why there is no volatility, or how far the one there is can be trusted. */
  status: string | null;
}

export interface SmileRow {
  strike: number;
  cells: SmileCell[];
}

/** The table twin: a row for each strike, a cell for each line, with what changed since where it is of an earlier moment. */
export function smileRows(lines: readonly SmileLine[]): SmileRow[] {
  const pointOf = (smile: Smile, strike: number) => smile.points.find((point) => point.strike === strike) ?? null;
  const missingOf = (smile: Smile, strike: number) => smile.rejected.find((each) => each.strike === strike) ?? null;
  const strikes = [...new Set(lines.flatMap(({ smile }) => [...smile.points, ...smile.rejected].map((each) => each.strike)))].sort((a, b) => a - b);
  return strikes.map((strike) => ({
    strike,
    cells: lines.map(({ smile, present }) => {
      const point = pointOf(smile, strike);
      const now = present && pointOf(present, strike);
      const known = point ?? missingOf(smile, strike);
      return {
        iv: point?.iv ?? null,
        bid: point?.iv_bid ?? null,
        ask: point?.iv_ask ?? null,
        delta: point?.delta ?? null,
        age: known?.quote_age_ms ?? null,
        status: known?.status ?? null,
        change: point && now ? now.iv - point.iv : null,
      };
    }),
  }));
}

/** The quoted options of a smile, placed on its axis; a point without a place is left out. */
export function quotedPoints(smile: Smile, whiskers = false): Spot[] {
  return smile.points
    .flatMap((point): Spot[] => (point.x === null ? [] : [{ x: point.x, y: point.iv, ...(whiskers ? { low: point.iv_bid, high: point.iv_ask } : {}), ...(isDoubtful(point, smile) ? { hollow: true } : {}) }]))
    .sort((a, b) => a.x - b.x);
}

export function fittedPoints(smile: Smile): Spot[] {
  return smile.fit.flatMap((point) => (point.x === null ? [] : [{ x: point.x, y: point.iv }])).sort((a, b) => a.x - b.x);
}

/** The point of a smile nearest to a place on the axis, if one is as near as its neighbours are apart. */
export function nearestPoint(smile: Smile, x: number): Smile['points'][number] | null {
  let best: Smile['points'][number] | null = null;
  for (const point of smile.points) {
    if (point.x === null) continue;
    if (best === null || best.x === null || Math.abs(point.x - x) < Math.abs(best.x - x)) best = point;
  }
  return best;
}

/** Where the money stands on an axis. */
export function moneyPlace(axis: SmileAxis, smile: Smile | undefined): number | null {
  if (axis === 'log_moneyness') return 0;
  if (axis === 'delta') return 0.5;
  return smile?.forward ?? null;
}

/** The strike under a place of the chart, to be shared with the chain; null where the axis has none. */
export function strikeAt(smile: Smile | undefined, axis: SmileAxis, x: number | null): number | null {
  if (x === null || !smile) return null;
  return missingPlaces(smile, axis).find((each) => each.x === x)?.missing.strike ?? nearestPoint(smile, x)?.strike ?? null;
}

/** The place of a strike on the axis of the first smile. */
export function placeOfStrike(smile: Smile | undefined, axis: SmileAxis, strike: number | null): number | null {
  if (!smile || strike === null) return null;
  const point = smile.points.find((each) => each.strike === strike);
  return point ? point.x : (missingPlaces(smile, axis).find(({ missing }) => missing.strike === strike)?.x ?? null);
}

export const MOST_EXPIRIES = 6;

/** The expiries drawn: those asked for, the chosen one always among them and first. */
export function drawnExpiries(chosen: string, asked: string | null, listed: readonly string[]): string[] {
  const others = (asked ?? '').split(',').filter((expiry) => expiry !== chosen && listed.includes(expiry));
  return [chosen, ...new Set(others)].slice(0, MOST_EXPIRIES);
}

/** The list after pressing one of its buttons; the chosen expiry cannot be taken away. */
export function toggledExpiries(drawn: readonly string[], expiry: string): string[] {
  if (expiry === drawn[0]) return [...drawn];
  return drawn.includes(expiry) ? drawn.filter((each) => each !== expiry) : [...drawn, expiry].slice(0, MOST_EXPIRIES);
}
