/** What the strategy screen shows, and how its legs are changed: pure. */

import type { Sending } from '@/api/client';
import { decimalsOfSize, formatNumber, formatSigned, formatStrike } from '@/lib/format';
import { MOST_CONTRACTS, MOST_LEGS, readOptionSymbol, type LinkLeg } from '@/lib/strategy-link';
import { statusWords } from '@/lib/terms';
import { formatDate, formatDay } from '@/lib/time';
import type { EvaluatedLeg, Evaluation, Grid } from './valuation';

export type Question = NonNullable<Sending<'POST', '/api/v1/strategies/evaluate'>['body']>;

/** At what a leg without a price of its own is opened. */
export const ENTRIES = [
  { value: 'mark', label: 'At the mark', hint: 'Legs without a price of their own are opened at the mark, usually the middle of bid and ask.' },
  { value: 'market', label: 'Bid and ask', hint: 'Legs without a price of their own are bought at the ask and sold at the bid.' },
] as const;
export type Entry = (typeof ENTRIES)[number]['value'];

/** Changes to the market: fractions, and days from now. */
export interface Shifts {
  price: number;
  iv: number;
  days: number;
}

export const NO_SHIFTS: Shifts = { price: 0, iv: 0, days: 0 };
export const isShifted = ({ price, iv, days }: Shifts): boolean => price !== 0 || iv !== 0 || days !== 0;

const STEPS = 8;
const GRID_PRICES = 161;

/** What the server is asked: the legs, the changes, and days that hold the one looked at. */
export function questionOf(legs: readonly LinkLeg[], entry: Entry, shifts: Shifts, asOf: string | undefined, horizonDays: number | null): Question {
  return {
    legs: legs.map(({ quantity, symbol, price }) => ({ quantity, symbol, price: price ?? entry })),
    as_of: asOf ?? null,
    price_shift: shifts.price,
    iv_shift: shifts.iv,
    days_forward: shifts.days,
    grid: { prices: GRID_PRICES, days: horizonDays === null ? null : daysShown(horizonDays, shifts.days) },
  };
}

/** Even steps to the horizon, and the day looked at. */
export function daysShown(horizonDays: number, looked: number): number[] {
  const even = Array.from({ length: STEPS }, (_, step) => round((horizonDays * step) / (STEPS - 1)));
  return [...new Set([...even, round(Math.min(looked, horizonDays))])].sort((a, b) => a - b);
}

const round = (days: number) => Math.round(days * 1e4) / 1e4;

/** A leg in words: `Buy 1 CL 17 Mar 75 call`. */
export function legWords(leg: Pick<LinkLeg, 'quantity' | 'symbol'>): string {
  const option = readOptionSymbol(leg.symbol);
  const verb = `${leg.quantity > 0 ? 'Buy' : 'Sell'} ${Math.abs(leg.quantity)}`;
  if (!option) return `${verb} ${leg.symbol}`;
  return `${verb} ${option.root} ${formatDay(option.expiry)} ${formatStrike(option.strike)} ${option.right === 'C' ? 'call' : 'put'}`;
}

/** A strategy in a few words, for a list: its legs' counts and strikes, and their expiries where these differ. */
export function strategyWords(legs: readonly LinkLeg[]): string {
  const options = legs.map((leg) => readOptionSymbol(leg.symbol));
  const isOfSeveral = new Set(options.flatMap((option) => (option ? [option.expiry] : []))).size > 1;
  const name = (option: (typeof options)[number], symbol: string) => (option ? `${isOfSeveral ? `${formatDay(option.expiry)} ` : ''}${formatStrike(option.strike)} ${option.right}` : symbol);
  return legs.map(({ quantity, symbol }, place) => `${formatSigned(quantity)} ${name(options[place] ?? null, symbol)}`).join(' · ');
}

export const withLeg = (legs: readonly LinkLeg[], place: number, change: Partial<LinkLeg>): LinkLeg[] =>
  legs.map((leg, index) => (index === place ? trimmed({ ...leg, ...change }) : leg));

export const withoutLeg = (legs: readonly LinkLeg[], place: number): LinkLeg[] => legs.filter((_, index) => index !== place);

/** The legs with one more; of a contract that is there already, the counts are added up. */
export function withAdded(legs: readonly LinkLeg[], leg: LinkLeg): LinkLeg[] {
  const place = legs.findIndex((each) => each.symbol === leg.symbol && each.price === leg.price);
  if (place < 0) return legs.length < MOST_LEGS ? [...legs, leg] : [...legs];
  const quantity = (legs[place]?.quantity ?? 0) + leg.quantity;
  return quantity === 0 ? withoutLeg(legs, place) : withLeg(legs, place, { quantity });
}

function trimmed({ quantity, symbol, price }: LinkLeg): LinkLeg {
  const count = Math.max(-MOST_CONTRACTS, Math.min(MOST_CONTRACTS, Math.trunc(quantity) || 1));
  return price === undefined ? { quantity: count, symbol } : { quantity: count, symbol, price };
}

/** The legs turned round: bought becomes sold. */
export const turned = (legs: readonly LinkLeg[]): LinkLeg[] => legs.map((leg) => ({ ...leg, quantity: -leg.quantity }));

const REASONS: Record<string, string> = {
  not_listed: 'Not listed at this moment',
  expired: 'Expired: close it, or look at an earlier moment',
  no_specification: 'No contract specification tells its multiplier',
  no_forward: 'No forward price is known for its expiry',
  no_volatility: 'No volatility can be taken from any quote of its expiry',
};

/** Why a leg has no numbers, or null where it has them. */
export function reasonOf(leg: EvaluatedLeg): string | null {
  if (leg.status === 'no_price') return `No ${leg.entry_source === 'given' ? 'price' : leg.entry_source}: type the price you want to pay or get`;
  return REASONS[leg.status] ?? null;
}

/** What is worth knowing about a leg that has numbers: a quote not to be trusted, a volatility that is not its own. */
export function cautionOf(leg: EvaluatedLeg): string | null {
  if (reasonOf(leg) !== null) return null;
  if (leg.iv_source === 'smile') return `${statusWords(leg.status)}. Its volatility is taken from the strikes beside it.`;
  return leg.status === 'ok' ? null : statusWords(leg.status);
}

/** Money with its currency: whole where it is large. */
export function moneyWords(amount: number, currency: string | null, signed = false): string {
  const decimals = Math.abs(amount) >= 1000 ? 0 : 2;
  const text = signed ? formatSigned(amount, decimals) : formatNumber(amount, decimals);
  return currency ? `${text} ${currency}` : text;
}

/** What opening costs or brings. */
export function costWords(cost: number | null, currency: string | null): { label: string; value: string } | null {
  if (cost === null) return null;
  return { label: cost < 0 ? 'You receive' : 'You pay', value: moneyWords(Math.abs(cost), currency) };
}

/** The most that can be won or lost, in words. */
export function extremeWords(extreme: Evaluation['max_profit'], currency: string | null): string {
  if (!extreme) return '·';
  if (extreme.unlimited || extreme.amount === null) return 'Unlimited';
  return moneyWords(extreme.amount, currency, true);
}

/** The most that can be lost, in words; some strategies cannot lose at all. */
export function lossWords(extreme: Evaluation['max_loss'], currency: string | null): string {
  if (extreme?.amount != null && extreme.amount >= 0) return `None: at least ${moneyWords(extreme.amount, currency, true)}`;
  return extremeWords(extreme, currency);
}

/** Where it is unlimited, on which side; where it is reached otherwise. */
export function extremeHint(extreme: Evaluation['max_profit'], write: (price: number) => string): string {
  if (!extreme) return '';
  if (extreme.unlimited) return 'Nothing limits it as the price rises.';
  return extreme.at === null ? '' : `Reached at ${write(extreme.at)}.`;
}

/** Rows and columns of the table twin: some of the grid's prices, highest first, and its days. */
export function tableOf(grid: Grid, most: { prices: number; days: number }): { prices: Array<{ price: number; values: number[] }>; days: number[] } {
  const rows = spread(grid.prices.length, most.prices);
  const columns = spread(grid.days.length, most.days);
  return {
    prices: rows.reverse().map((at) => ({ price: grid.prices[at] ?? NaN, values: columns.map((day) => grid.pnl[day]?.[at] ?? NaN) })),
    days: columns.map((day) => grid.days[day] ?? NaN),
  };
}

/** At most `most` places among `count`, evenly, both ends among them. */
export function spread(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: most }, (_, index) => Math.round((index * (count - 1)) / (most - 1)));
}

/** The decimals that tell reference prices apart. */
export function priceDecimals(reference: number): number {
  if (reference >= 10_000) return 0;
  return reference >= 10 ? 2 : 4;
}

/** A whole day after the start, as a date where it is far, with hours where it is near. */
export function dayWords(asOf: string, days: number): string {
  const at = new Date(Date.parse(asOf) + days * 86_400_000).toISOString();
  if (days === 0) return 'now';
  return formatDay(at, new Date(asOf).getUTCFullYear());
}

export const horizonWords = (evaluation: Pick<Evaluation, 'horizon'>): string =>
  evaluation.horizon ? (evaluation.horizon.expiry ? formatDate(evaluation.horizon.expiry) : formatDate(evaluation.horizon.at)) : '';

/** Up to two strategies to compare with, in one word of the address. */
export const MOST_COMPARED = 2;

/** Which way words at these rising places go, so that neighbours closer than `room` don't run into each other. */
export function labelAnchors(places: readonly number[], room: number): Array<'start' | 'middle' | 'end'> {
  const near = (at: number) => {
    const [here, there] = [places[at], places[at + 1]];
    return here !== undefined && there !== undefined && there - here < room;
  };
  return places.map((_, at) => (near(at) === near(at - 1) ? 'middle' : near(at) ? 'end' : 'start'));
}

const GREEK_DECIMALS = 6;

/** Four figures of a Greek, and of a small one what six decimals leave of them. */
export function writeGreek(value: number): string {
  const decimals = decimalsOfSize(value);
  return formatSigned(value, Math.abs(value) < 1e-5 ? decimals : Math.min(decimals, GREEK_DECIMALS));
}
