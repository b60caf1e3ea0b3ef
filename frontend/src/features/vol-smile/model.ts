/** Smiles as lines of a chart: pure. */

import type { Answer } from '@/api/client';

export type SmileAnswer = Answer<'/api/v1/options/{underlying}/smile'>;
export type Smile = SmileAnswer['smiles'][number];
export type SmileAxis = 'strike' | 'log_moneyness' | 'delta';

interface Spot {
  x: number;
  y: number;
}

/** The quoted options of a smile, placed on its axis; a point without a place is left out. */
export function quotedPoints(smile: Smile): Spot[] {
  return smile.points.flatMap((point) => (point.x === null ? [] : [{ x: point.x, y: point.iv }])).sort((a, b) => a.x - b.x);
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
