/** Smiles as lines of a chart: pure. */

import type { Answer } from '@/api/client';

export type SmileAnswer = Answer<'/api/v1/options/{underlying}/smile'>;
export type Smile = SmileAnswer['smiles'][number];
export type SmileAxis = 'strike' | 'log_moneyness' | 'delta';

interface Spot {
  x: number;
  y: number;
  low?: number | null;
  high?: number | null;
}

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

export interface SmileRow {
  strike: number;
  cells: Array<{ iv: number | null; bid: number | null; ask: number | null; delta: number | null; change: number | null; status: string | null }>;
}

/** The table twin: a row for each strike, a cell for each line, with what changed since where it is of an earlier moment. */
export function smileRows(lines: readonly SmileLine[]): SmileRow[] {
  const pointOf = (smile: Smile, strike: number) => smile.points.find((point) => point.strike === strike) ?? null;
  const strikes = [...new Set(lines.flatMap(({ smile }) => smile.points.map((point) => point.strike)))].sort((a, b) => a - b);
  return strikes.map((strike) => ({
    strike,
    cells: lines.map(({ smile, present }) => {
      const point = pointOf(smile, strike);
      const now = present && pointOf(present, strike);
      return {
        iv: point?.iv ?? null,
        bid: point?.iv_bid ?? null,
        ask: point?.iv_ask ?? null,
        delta: point?.delta ?? null,
        status: point?.status ?? null,
        change: point && now ? now.iv - point.iv : null,
      };
    }),
  }));
}

/** The quoted options of a smile, placed on its axis; a point without a place is left out. */
export function quotedPoints(smile: Smile, whiskers = false): Spot[] {
  return smile.points
    .flatMap((point): Spot[] => (point.x === null ? [] : [{ x: point.x, y: point.iv, ...(whiskers ? { low: point.iv_bid, high: point.iv_ask } : {}) }]))
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
export function strikeAt(smile: Smile | undefined, x: number | null): number | null {
  return x === null || !smile ? null : (nearestPoint(smile, x)?.strike ?? null);
}

/** The place of a strike on the axis of the first smile. */
export function placeOfStrike(smile: Smile | undefined, strike: number | null): number | null {
  if (!smile || strike === null) return null;
  return smile.points.find((point) => point.strike === strike)?.x ?? null;
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
