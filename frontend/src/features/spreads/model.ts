/** Spreads between contracts of one product, priced from their legs as `GET /futures/{root}/spreads` does: pure. */

import type { Answer } from '@/api/client';
import type { Clock } from '@/lib/time';
import { ageAt } from '@/lib/time';

export type Contract = Answer<'/api/v1/futures/{root}'>['contracts'][number];
type ToldSpread = Answer<'/api/v1/futures/{root}/spreads'>['items'][number];
export type Bars = Answer<'/api/v1/instruments/{symbol}/bars'>;

export type SpreadKind = 'calendar' | 'butterfly';

export interface Leg {
  contract: Contract;
  /** Contracts, bought above zero, sold below. */
  ratio: number;
}

export interface Spread {
  kind: SpreadKind;
  /** Its legs, near to far. */
  name: string;
  legs: readonly Leg[];
  /** What the legs' quotes pay for it, and what they ask. */
  bid: number | null;
  ask: number | null;
  /** Of both, where they are in order. */
  mid: number | null;
  /** From the first leg's expiry to the last one's. */
  days: number | null;
}

const RATIOS: Record<SpreadKind, readonly number[]> = { calendar: [1, -1], butterfly: [1, -2, 1] };
/** As many months stand in the matrix at first, and at most. */
export const FIRST_SHOWN = 8;
export const MOST_SHOWN = 36;

const rounded = (value: number): number => Number(value.toFixed(10));

/** A sum over legs, null where one of them has no price. */
function weighted(legs: readonly Leg[], priceOf: (leg: Leg) => number | null): number | null {
  let total = 0;
  for (const leg of legs) {
    const price = priceOf(leg);
    if (price === null) return null;
    total += price * leg.ratio;
  }
  return rounded(total);
}

/** A spread of contracts, near to far: bought legs at their own side, sold legs at the other. */
export function spreadOf(kind: SpreadKind, contracts: readonly Contract[]): Spread {
  const legs = contracts.map((contract, at) => ({ contract, ratio: RATIOS[kind][at] ?? 0 }));
  const bid = weighted(legs, ({ contract: { quote }, ratio }) => (ratio > 0 ? quote.bid : quote.ask));
  const ask = weighted(legs, ({ contract: { quote }, ratio }) => (ratio > 0 ? quote.ask : quote.bid));
  const [first, last] = [contracts[0]?.days_to_expiry ?? null, contracts.at(-1)?.days_to_expiry ?? null];
  return {
    kind,
    name: contracts.map((contract) => contract.symbol).join('/'),
    legs,
    bid,
    ask,
    mid: bid !== null && ask !== null && bid <= ask ? rounded((bid + ask) / 2) : null,
    days: first === null || last === null ? null : last - first,
  };
}

/** Contracts that end some day, the nearest first: what spreads are made of. */
export function dated(contracts: readonly Contract[]): Contract[] {
  return contracts.filter((contract) => contract.expiry !== null).sort((a, b) => (a.expiry ?? '').localeCompare(b.expiry ?? ''));
}

/**
 * Contracts with the ages of their bids and asks as the API told them with `spreads`: the age of a contract itself is
 * that of its newest quote or trade, and in the past a trade may be much newer.
 */
export function withQuoteAges(contracts: readonly Contract[], spreads: readonly ToldSpread[]): Contract[] {
  const ages = new Map(spreads.flatMap((spread) => spread.legs.map((leg) => [leg.symbol, leg.quote_age_ms] as const)));
  return contracts.map((contract) => ({ ...contract, quote: { ...contract.quote, ts: null, quote_age_ms: ages.get(contract.symbol) ?? null } }));
}

/** Spreads of neighbours. */
export function neighbours(kind: SpreadKind, contracts: readonly Contract[]): Spread[] {
  const size = RATIOS[kind].length;
  return contracts.slice(size - 1).map((_, at) => spreadOf(kind, contracts.slice(at, at + size)));
}

/** The spread that an address names by its legs; undefined where one of them is not among the contracts. */
export function namedSpread(name: string | null, contracts: readonly Contract[]): Spread | undefined {
  const legs = (name ?? '').split('/').map((symbol) => contracts.find((contract) => contract.symbol === symbol));
  const known = legs.filter((leg): leg is Contract => leg !== undefined);
  const kind = ({ 2: 'calendar', 3: 'butterfly' } as const)[legs.length];
  return kind && known.length === legs.length ? spreadOf(kind, known) : undefined;
}

/** The age of its oldest leg; null where a leg was never quoted. */
export function ageOf(spread: Spread, clock: Clock): number | null {
  const ages = spread.legs.map((leg) => ageAt(clock, leg.contract.quote));
  return ages.every((age): age is number => age !== null) ? Math.max(...ages) : null;
}

/** What is wrong with a leg's quote, in words; null where nothing is. */
export function legTrouble({ contract: { symbol, quote } }: Leg): string | null {
  if (quote.status === 'expired') return `${symbol} has expired`;
  if (quote.bid === null && quote.ask === null) return `${symbol} has no quote`;
  if (quote.bid === null) return `${symbol} has no bid`;
  if (quote.ask === null) return `${symbol} has no ask`;
  if (quote.status === 'crossed') return `${symbol} has its bid above its ask`;
  return quote.status === 'wide' ? `${symbol} has its bid and ask far apart` : null;
}

/** Why a spread has no price, or one to be doubted; empty where every leg is well quoted. */
export const troubles = (spread: Spread): string[] => spread.legs.flatMap((leg) => legTrouble(leg) ?? []);

export interface PastPoint {
  /** Start of the bars, UTC. */
  ts: string;
  value: number;
}

/** A spread's past: the closes of its legs' bars of one time, where every leg has one. `bars` are in the order of the legs. */
export function pastOf(spread: Spread, bars: readonly (readonly Bars['items'][number][])[]): PastPoint[] {
  const closes = bars.map((items) => new Map(items.map((bar) => [bar.ts, bar.close])));
  return (bars[0] ?? []).flatMap(({ ts }): PastPoint[] => {
    const value = weighted(spread.legs, (leg) => closes[spread.legs.indexOf(leg)]?.get(ts) ?? null);
    return value === null ? [] : [{ ts, value }];
  });
}
