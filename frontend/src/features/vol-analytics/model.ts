/** What the analytics of a root say, in words and bars: pure. */

import type { Answer } from '@/api/client';
import { formatNumber, formatSigned } from '@/lib/format';

export type Analytics = Answer<'/api/v1/options/{underlying}/analytics'>;
export type ExpiryAnalytics = Analytics['expiries'][number];
export type GexSign = Analytics['gamma_exposure']['sign'];
export type GexUnit = Analytics['gamma_exposure']['unit'];
export type Reason = ExpiryAnalytics['reasons'][string];

const REASONS: Record<string, string> = {
  first_expiry: 'The first expiry has none before it',
  total_variance_falls: 'Total variance is lower than at the expiry before: no volatility between them explains it',
  no_forward: 'No future, parity pair or spot to take the forward from',
  no_vol_at_the_money: 'No option near the money has a volatility',
  no_quote_at_that_delta: 'No option this far from the money is quoted',
  no_quotes: 'No quotes to compute from',
  no_open_interest: 'No open interest is reported',
  no_calls_open: 'No calls are open, or none are reported',
  no_calls_traded: 'No calls traded today, or none are reported',
  no_multiplier: 'The size of the contract is not known',
  expired: 'Expired',
  one_sign: 'With this sign all exposure points one way',
  no_change_of_sign: 'The exposure keeps its sign within a quarter of the price',
  too_few_days: 'Fewer than 20 earlier days are stored',
  not_asked: 'On its way',
  no_expiries_around_30_days: 'No expiries on both sides of 30 days',
  all_days_equal: 'It was the same on every stored day',
};

/** Why a number is missing, in words. */
export function reasonWords(reason: string | undefined): string {
  return (reason && REASONS[reason]) ?? 'Not known';
}

/** Definition, meaning and source of a number, as its hint says them. */
export function definition(analytics: Analytics, name: string): string {
  const found = analytics.formulas[name];
  return found ? `${found.meaning} ${found.formula[0]?.toUpperCase()}${found.formula.slice(1)}. ${found.source}.` : '';
}

/** Which side is dearer, in one token: `8.9 P` is puts dearer by 8.9 points. */
export function skewToken(riskReversal: number): string {
  const points = formatNumber(Math.abs(riskReversal) * 100, 2);
  if (points === '0.00') return 'level';
  return `${points} ${riskReversal < 0 ? 'P' : 'C'}`;
}

export const BARS = [
  { value: 'oi', label: 'Open interest' },
  { value: 'volume', label: 'Volume' },
  { value: 'gex', label: 'Gamma exposure' },
  { value: 'pain', label: 'Pain', hint: 'What all holders would receive if the underlying ended at each strike.' },
] as const;
export type BarKind = (typeof BARS)[number]['value'];

export interface StrikeBar {
  x: number;
  first: number | null;
  second: number | null;
}

const MOST_BARS = 48;

/** Bars of calls and puts at the strikes nearest to the forward; those at the ends with nothing in them are left out. */
export function barsOf(kind: BarKind, expiry: ExpiryAnalytics | null, all: Analytics['by_strike'], forward: number | null, most = MOST_BARS): StrikeBar[] {
  const columns = expiry?.strikes ?? all;
  const [calls, puts] =
    kind === 'oi'
      ? [columns.call_oi, columns.put_oi]
      : kind === 'volume'
        ? [columns.call_volume, columns.put_volume]
        : kind === 'gex'
          ? [columns.call_gex, columns.put_gex]
          : [expiry?.strikes.call_pain ?? [], expiry?.strikes.put_pain ?? []];
  const bars = columns.strike.map((x, index) => ({ x, first: calls[index] ?? null, second: puts[index] ?? null }));
  const filled = bars.filter((bar) => bar.first || bar.second);
  const low = filled[0]?.x ?? -Infinity;
  const high = filled.at(-1)?.x ?? Infinity;
  const within = bars.filter((bar) => bar.x >= low && bar.x <= high);
  if (forward === null || within.length <= most) return within.slice(0, most);
  const nearest = [...within].sort((a, b) => Math.abs(a.x - forward) - Math.abs(b.x - forward)).slice(0, most);
  return nearest.sort((a, b) => a.x - b.x);
}

/** A large amount, short: `−957 M`. */
export function formatAmount(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${formatSigned(value / 1e9, 2)} bn`;
  if (size >= 1e6) return `${formatSigned(value / 1e6, size >= 1e8 ? 0 : 1)} M`;
  if (size >= 1e4) return `${formatSigned(value / 1e3, 0)} k`;
  return formatSigned(value, size >= 100 || size === 0 ? 0 : 2);
}
