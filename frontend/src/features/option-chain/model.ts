/** What a chain shows: pure, over the rows of the API's answer. */

import type { Answer } from '@/api/client';
import { decimalsOfColumn, decimalsOfSize, decimalsSeen, formatCount, formatNumber, formatPercent } from '@/lib/format';
import { statusWords } from '@/lib/terms';
import { formatAge } from '@/lib/time';
import type { Field } from './columns';

export type Chain = Answer<'/api/v1/options/{underlying}/chain'>;
export type ChainRow = Chain['rows'][number];
export type Side = NonNullable<ChainRow['call']>;
export type Right = 'call' | 'put';

export type Writer = (field: Field, value: number) => string;

/** How many decimals each column of a chain has. */
export type Decimals = Partial<Record<Field, number>>;

/** One decimal rule for each column of this chain. */
export function decimalsOf(rows: readonly ChainRow[]): Decimals {
  const sides = rows.flatMap((row) => [row.call, row.put]).filter((side): side is Side => side !== null);
  const all = (field: Field) => sides.map((side) => side[field]);
  const price = decimalsSeen(all('ask'), decimalsSeen(all('bid'), 0, 5), 5);
  return {
    bid: price,
    ask: price,
    last: decimalsSeen(all('last'), price, 6),
    mark: decimalsSeen(all('mark'), price, price + 1),
    delta: 3,
    gamma: decimalsOfColumn(all('gamma')),
    theta: decimalsOfColumn(all('theta')),
    vega: decimalsOfColumn(all('vega')),
    rho: decimalsOfColumn(all('rho')),
  };
}

export function writerOf(decimals: Decimals): Writer {
  return (field, value) => {
    if (field === 'volume' || field === 'open_interest') return formatCount(value);
    if (field === 'quote_age_ms') return formatAge(value);
    if (field === 'iv' || field === 'iv_bid' || field === 'iv_ask') return formatNumber(value * 100, 2);
    return formatNumber(value, decimals[field] ?? 2);
  };
}

const ABSENT: Partial<Record<Field, string>> = {
  bid: 'No bid',
  ask: 'No ask',
  last: 'No trade yet',
  volume: 'The source reports no volume',
  open_interest: 'The source reports no open interest',
};

/** Why a cell is empty. */
export function reasonOf(side: Side | null, field: Field): string {
  if (side === null) return 'Not listed at this strike';
  const absent = ABSENT[field];
  if (absent) return absent;
  if (field === 'iv_bid' && side.bid === null) return 'No bid to compute from';
  if (field === 'iv_ask' && side.ask === null) return 'No ask to compute from';
  return side.status === 'ok' ? 'No volatility gives this price' : statusWords(side.status);
}

/** What a price in coin is worth in the currency of the strikes, at the venue's own rate; null where prices are in that currency. */
export function worthWords(side: Side | null, field: Field, value: number | null, chain: Pick<Chain, 'currency' | 'price_currency'>): string | null {
  const isPrice = field === 'bid' || field === 'ask' || field === 'last' || field === 'mark';
  if (!isPrice || value === null || chain.price_currency === chain.currency || !side?.mark || side.mark_quote === null) return null;
  return `Worth ${formatNumber((value * side.mark_quote) / side.mark, 2)} ${chain.currency ?? ''}`.trim();
}

/** In the money: exercising now at the forward would pay. */
export function isInTheMoney(right: Right, strike: number, forward: number | null): boolean {
  if (forward === null) return false;
  return right === 'call' ? strike < forward : strike > forward;
}

/** The greatest open interest of the chain: the length of a full bar. */
export function largestInterest(rows: readonly ChainRow[]): number {
  return rows.reduce((most, row) => Math.max(most, row.call?.open_interest ?? 0, row.put?.open_interest ?? 0), 0);
}

export const STRIKE_FILTERS = [
  { value: 'atm:5', label: '5 around the money', group: 'Count' },
  { value: 'atm:10', label: '10 around the money', group: 'Count' },
  { value: 'atm:20', label: '20 around the money', group: 'Count' },
  { value: 'atm:40', label: '40 around the money', group: 'Count' },
  { value: 'all', label: 'All strikes', group: 'Count' },
  { value: 'pct:0.05', label: 'Within 5 %', group: 'Distance from the forward' },
  { value: 'pct:0.1', label: 'Within 10 %', group: 'Distance from the forward' },
  { value: 'pct:0.2', label: 'Within 20 %', group: 'Distance from the forward' },
  { value: 'delta:0.02..0.98', label: 'Delta 0.02 to 0.98', group: 'Delta' },
  { value: 'delta:0.1..0.9', label: 'Delta 0.10 to 0.90', group: 'Delta' },
  { value: 'delta:0.2..0.5', label: 'Delta 0.20 to 0.50', group: 'Delta' },
] as const;
export type StrikeFilter = (typeof STRIKE_FILTERS)[number]['value'];
export const STANDARD_FILTER: StrikeFilter = 'atm:20';

/** The next wider (1) or narrower (-1) filter of the same kind; the widest and the narrowest stay. */
export function nextFilter(filter: StrikeFilter, step: 1 | -1): StrikeFilter {
  const from = STRIKE_FILTERS.find((each) => each.value === filter);
  const kin = STRIKE_FILTERS.filter((each) => each.group === from?.group);
  // Delta bands are listed from the widest.
  const next = kin[kin.findIndex((each) => each.value === filter) + (from?.group === 'Delta' ? -step : step)];
  return next?.value ?? filter;
}

/** The row whose option of this side has a delta nearest to `target`, its sign left aside; -1 where none has a delta. */
export function nearestDelta(rows: readonly ChainRow[], right: Right, target: number): number {
  let [best, least] = [-1, Infinity];
  rows.forEach((row, index) => {
    const delta = row[right]?.delta;
    const distance = delta == null ? Infinity : Math.abs(Math.abs(delta) - target);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

/** The rows that a filter keeps, as the API filters them; unchanged rows stay the very same objects. */
export function keptRows(chain: Pick<Chain, 'rows' | 'forward'>, filter: StrikeFilter): ChainRow[] {
  const { rows, forward } = chain;
  const [rule, value = ''] = filter.split(':');
  if (rule === 'delta') {
    const [low = 0, high = 1] = value.split('..').map(Number);
    const within = (side: Side | null) => side?.delta != null && Math.abs(side.delta) >= low && Math.abs(side.delta) <= high;
    return rows.filter((row) => within(row.call) || within(row.put));
  }
  if (rule === 'all') return rows;
  if (forward === null) return [];
  if (rule === 'pct') return rows.filter((row) => Math.abs(row.strike - forward) <= Number(value) * forward);
  const nearest = rows.reduce((best, row, index) => (Math.abs(row.strike - forward) < Math.abs((rows[best]?.strike ?? Infinity) - forward) ? index : best), 0);
  return rows.slice(Math.max(0, nearest - Number(value)), nearest + Number(value) + 1);
}

const MODEL_WORDS: Record<Chain['model'], string> = {
  black76: 'Black-76',
  black_scholes_merton: 'Black-Scholes-Merton',
  bachelier: 'Bachelier',
  bjerksund_stensland_2002: 'Bjerksund-Stensland 2002',
  barone_adesi_whaley: 'Barone-Adesi-Whaley',
  binomial: 'Leisen-Reimer tree',
};

export const modelWords = (model: Chain['model']): string => MODEL_WORDS[model];

/** Where the forward comes from, in words. */
export function forwardWords(chain: Pick<Chain, 'forward_source' | 'underlying_symbol' | 'parity_pairs'>): string {
  switch (chain.forward_source) {
    case 'future':
      return chain.underlying_symbol ? `from ${chain.underlying_symbol}` : 'from its future';
    case 'parity':
      return `from put-call parity, ${chain.parity_pairs} pairs`;
    case 'spot_carry':
      return 'spot carried at the rate';
    default:
      return 'unknown';
  }
}

const RATE_WORDS: Record<Chain['rate_source'], string> = { parity: 'implied by the quotes', assumed: 'assumed', convention: 'by convention' };

export const rateWords = (source: Chain['rate_source']): string => RATE_WORDS[source];

/** What all computed numbers of a chain rest on. */
export type Basis = Pick<Chain, 'forward' | 'forward_source' | 'underlying_symbol' | 'parity_pairs' | 'rate' | 'rate_source' | 'model' | 'as_of'>;

const COMPUTED: ReadonlySet<Field> = new Set<Field>(['iv', 'iv_bid', 'iv_ask', 'delta', 'gamma', 'theta', 'vega', 'rho']);
const MARK_WORDS = { venue: 'the mark of the venue', mid: 'the middle of bid and ask', last: 'the last trade' } as const;

/** Of which price a computed number is, on which forward and rate, and how old that price is; null for what is no computation. */
export function basisWords(side: Side, field: Field, basis: Basis): string | null {
  if (!COMPUTED.has(field)) return null;
  const price = field === 'iv_bid' ? 'the bid' : field === 'iv_ask' ? 'the ask' : side.mark_source && MARK_WORDS[side.mark_source];
  const forward = basis.forward === null ? 'without a forward' : `on forward ${formatNumber(basis.forward, Math.min(decimalsOfSize(basis.forward), 5))} ${forwardWords(basis)}`;
  const rate = `rate ${formatPercent(basis.rate, 2)} ${rateWords(basis.rate_source)}`;
  const age = formatAge(Math.max(0, Date.parse(basis.as_of) - Date.parse(side.ts)));
  const of = price && side[field] !== null ? `Of ${price} ${forward}` : `${forward.charAt(0).toUpperCase()}${forward.slice(1)}`;
  return `${of}, ${rate}, ${modelWords(basis.model)}. Quote ${age} old`;
}

/** The expiry shown when none is asked for: the first with a week or more to go, else the last. */
export function defaultExpiry(expiries: ReadonlyArray<{ expiry: string; dte: number }>): string | null {
  return (expiries.find((each) => each.dte >= 7) ?? expiries.at(-1))?.expiry ?? null;
}
