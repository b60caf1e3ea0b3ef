/** What a chain shows: pure, over the rows of the API's answer. */

import type { Answer } from '@/api/client';
import { decimalsOfColumn, decimalsSeen, formatCount, formatNumber } from '@/lib/format';
import type { TermName } from '@/lib/terms';
import { statusWords } from '@/lib/terms';
import { formatAge } from '@/lib/time';

export type Chain = Answer<'/api/v1/options/{underlying}/chain'>;
export type ChainRow = Chain['rows'][number];
export type Side = NonNullable<ChainRow['call']>;
export type Right = 'call' | 'put';

export const PRESETS = ['price', 'greeks', 'volatility', 'interest'] as const;
export type Preset = (typeof PRESETS)[number];
export const PRESET_WORDS: Record<Preset, string> = { price: 'Price', greeks: 'Greeks', volatility: 'Volatility', interest: 'Interest' };

export type Field = 'bid' | 'ask' | 'last' | 'mark' | 'volume' | 'open_interest' | 'iv_bid' | 'iv' | 'iv_ask' | 'delta' | 'gamma' | 'theta' | 'vega' | 'rho' | 'quote_age_ms';

export interface Column {
  field: Field;
  name: string;
  term: TermName | null;
  /** Whether a phone has room for it. */
  small: boolean;
  /** Whether only a wide screen has room for it. */
  extra: boolean;
}

const COLUMNS: Record<Field, Omit<Column, 'small' | 'extra' | 'field'>> = {
  bid: { name: 'Bid', term: 'bid' },
  ask: { name: 'Ask', term: 'ask' },
  last: { name: 'Last', term: 'last' },
  mark: { name: 'Mark', term: 'mark' },
  volume: { name: 'Volume', term: 'volume' },
  open_interest: { name: 'OI', term: 'open_interest' },
  iv_bid: { name: 'IV bid %', term: 'iv' },
  iv: { name: 'IV %', term: 'iv' },
  iv_ask: { name: 'IV ask %', term: 'iv' },
  delta: { name: 'Delta', term: 'delta' },
  gamma: { name: 'Gamma', term: 'gamma' },
  theta: { name: 'Theta', term: 'theta' },
  vega: { name: 'Vega', term: 'vega' },
  rho: { name: 'Rho', term: 'rho' },
  quote_age_ms: { name: 'Age', term: null },
};

/** Fields from the strike outwards; calls mirror them. */
const FROM_STRIKE: Record<Preset, readonly Field[]> = {
  price: ['bid', 'ask', 'last', 'volume', 'open_interest'],
  greeks: ['mark', 'delta', 'gamma', 'theta', 'vega', 'rho', 'iv'],
  volatility: ['iv_bid', 'iv', 'iv_ask', 'mark', 'vega'],
  interest: ['open_interest', 'volume', 'last', 'quote_age_ms'],
};
const SMALL: Record<Preset, readonly Field[]> = { price: ['bid', 'ask'], greeks: ['mark', 'delta'], volatility: ['iv', 'mark'], interest: ['open_interest', 'volume'] };

/** What a source may not report at all; computed numbers are never left out. */
const REPORTED: ReadonlySet<Field> = new Set<Field>(['bid', 'ask', 'last', 'volume', 'open_interest']);

/** The reported columns of a preset that are empty in every row of this chain. */
export function absentFields(preset: Preset, rows: readonly ChainRow[]): Field[] {
  const sides = rows.flatMap((row) => [row.call, row.put]).filter((side): side is Side => side !== null);
  const absent = FROM_STRIKE[preset].filter((field) => REPORTED.has(field) && sides.every((side) => side[field] === null));
  return absent.length === FROM_STRIKE[preset].length ? [] : absent;
}

/** Names of columns in words, for what is left out. */
export const namesOf = (fields: readonly Field[]): string => fields.map((field) => (field === 'open_interest' ? 'open interest' : COLUMNS[field].name.toLowerCase())).join(', ');

/** The columns of one side, left to right, without those that are absent. Bid stays left of ask on both sides; a phone keeps two. */
export function columnsOf(preset: Preset, right: Right, absent: readonly Field[] = []): Column[] {
  const fields = FROM_STRIKE[preset].filter((field) => !absent.includes(field));
  const small = [...SMALL[preset].filter((field) => fields.includes(field)), ...fields.filter((field) => !SMALL[preset].includes(field))].slice(0, 2);
  const outwards = fields.map((field) => ({ field, ...COLUMNS[field], small: small.includes(field), extra: field === 'rho' }));
  if (right === 'put') return outwards;
  const mirrored = [...outwards].reverse();
  return keepOrder(keepOrder(mirrored, 'bid', 'ask'), 'iv_bid', 'iv_ask');
}

function keepOrder(columns: Column[], first: Field, second: Field): Column[] {
  const a = columns.findIndex((column) => column.field === first);
  const b = columns.findIndex((column) => column.field === second);
  if (a < 0 || b < 0 || a < b) return columns;
  return columns.map((column, index) => (index === a ? columns[b] : index === b ? columns[a] : undefined) ?? column);
}

export function nextPreset(preset: Preset): Preset {
  return PRESETS[(PRESETS.indexOf(preset) + 1) % PRESETS.length] ?? 'price';
}

export type Writer = (field: Field, value: number) => string;

/** One decimal rule for each column of this chain. */
export function writerOf(rows: readonly ChainRow[]): Writer {
  const sides = rows.flatMap((row) => [row.call, row.put]).filter((side): side is Side => side !== null);
  const all = (field: Field) => sides.map((side) => side[field]);
  const price = decimalsSeen([...all('bid'), ...all('ask')], 0, 5);
  const decimals: Partial<Record<Field, number>> = {
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
  { value: 'atm:10', label: '10 around the money' },
  { value: 'atm:20', label: '20 around the money' },
  { value: 'pct:0.1', label: 'Within 10 %' },
  { value: 'delta:0.1..0.9', label: 'Delta 0.10 to 0.90' },
  { value: 'all', label: 'All strikes' },
] as const;

/** The rows that a filter keeps, as the API filters them; unchanged rows stay the very same objects. */
export function keptRows(chain: Pick<Chain, 'rows' | 'forward'>, filter: (typeof STRIKE_FILTERS)[number]['value']): ChainRow[] {
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

/** The expiry shown when none is asked for: the first with a week or more to go, else the last. */
export function defaultExpiry(expiries: ReadonlyArray<{ expiry: string; dte: number }>): string | null {
  return (expiries.find((each) => each.dte >= 7) ?? expiries.at(-1))?.expiry ?? null;
}
