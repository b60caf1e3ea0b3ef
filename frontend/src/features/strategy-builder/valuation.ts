/** A strategy's profit at another price, day and volatility, in the browser: pure, over the server's answer. */

import type { AnswerOf } from '@/api/client';
import { black76 } from '@/lib/option-maths';

export type Evaluation = NonNullable<AnswerOf<'POST', '/api/v1/strategies/evaluate'>>;
export type EvaluatedLeg = Evaluation['legs'][number];
export type Grid = NonNullable<Evaluation['grid']>;

const DAYS_A_YEAR = 365;
const LEAST_VOL = 0.001;
const EUROPEAN = new Set(['black76', 'black_scholes_merton']);

/** Whether every leg's formula is known here: futures, and options of European exercise. */
export function isComputedHere({ complete, legs, reference }: Pick<Evaluation, 'complete' | 'legs' | 'reference'>): boolean {
  return complete && reference !== null && legs.every((leg) => leg.kind !== 'option' || EUROPEAN.has(leg.model ?? ''));
}

/** Profit or loss in money when the reference price is `price`, `days` after the start. Only where `isComputedHere`. */
export function profitAt(evaluation: Evaluation, price: number, days: number, ivShift: number): number {
  const { reference } = evaluation;
  if (!reference) return NaN;
  return evaluation.legs.reduce((sum, leg) => sum + legProfit(evaluation, leg, price, reference.price, days, ivShift), 0);
}

function legProfit(evaluation: Evaluation, leg: EvaluatedLeg, price: number, reference: number, days: number, ivShift: number): number {
  const multiplier = leg.multiplier ?? NaN;
  const entry = leg.entry_price ?? NaN;
  if (leg.kind !== 'option') {
    const moved = price + ((leg.forward ?? NaN) - reference) - entry;
    const isInverse = evaluation.price_currency !== evaluation.currency;
    return leg.quantity * (isInverse ? multiplier / entry : multiplier) * moved;
  }
  const years = Math.max((leg.expiry_years ?? 0) - days / DAYS_A_YEAR, 0);
  const value = black76({
    isCall: leg.right === 'C',
    forward: forwardAt(evaluation, leg, price, reference, years),
    strike: leg.strike ?? NaN,
    years,
    vol: Math.max((leg.iv ?? NaN) + ivShift, LEAST_VOL),
    rate: leg.rate ?? 0,
  });
  return leg.quantity * multiplier * value - (leg.cost ?? NaN);
}

/** Forwards keep their distance from the reference price; of options on a spot they near it as time passes. */
function forwardAt(evaluation: Evaluation, leg: EvaluatedLeg, price: number, reference: number, years: number): number {
  if (evaluation.reference?.kind === 'spot') return price * Math.exp(((leg.rate ?? 0) - (leg.dividend_yield ?? 0)) * years);
  return Math.max(price + ((leg.forward ?? NaN) - reference), 0);
}

/** What the grid says between its prices and days, on straight lines. */
export function readGrid({ prices, days, pnl }: Grid, price: number, day: number): number {
  const [left, shareX] = between(prices, price);
  const [early, shareY] = between(days, day);
  const at = (row: number, column: number) => pnl[row]?.[column] ?? NaN;
  const along = (row: number) => mix(at(row, left), at(row, Math.min(left + 1, prices.length - 1)), shareX);
  return mix(along(early), along(Math.min(early + 1, days.length - 1)), shareY);
}

const mix = (a: number, b: number, share: number) => (share === 0 ? a : a + (b - a) * share);

function between(rising: readonly number[], value: number): [number, number] {
  const last = rising.length - 1;
  if (last <= 0 || value <= (rising[0] ?? 0)) return [0, 0];
  if (value >= (rising[last] ?? 0)) return [last, 0];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  const [from = 0, to = 1] = [rising[low], rising[high]];
  return [low, (value - from) / (to - from)];
}

/** The profit by price on one day: computed where it can be, else read from the server's grid. */
export function profitLine(evaluation: Evaluation, days: number, ivShift: number): number[] {
  const { grid } = evaluation;
  if (!grid) return [];
  const here = isComputedHere(evaluation);
  return grid.prices.map((price) => (here ? profitAt(evaluation, price, days, ivShift) : readGrid(grid, price, days)));
}
