/** One product's contracts and spreads: pure. */

import type { Answer } from '@/api/client';
import { decimalsOfTick } from '@/lib/format';

export type ProductDetail = Answer<'/api/v1/futures/{root}'>;
export type Contract = ProductDetail['contracts'][number];
export type Spread = Answer<'/api/v1/futures/{root}/spreads'>['items'][number];

/** Decimals of prices in this product's tables: the tick's, or half a tick's for what is a middle. */
export function decimalsFor(tick: number | null, kind: 'traded' | 'middle'): number {
  const whole = decimalsOfTick(tick);
  return kind === 'middle' && tick !== null ? Math.min(Math.max(whole, 6), decimalsOfTick(tick / 2)) : whole;
}

/** Largest open interest of a product's contracts: the length of a full bar. */
export function largestOpenInterest(contracts: readonly Contract[]): number {
  return Math.max(0, ...contracts.map((contract) => contract.quote.open_interest ?? 0));
}

const SPREAD_WORDS: Record<Spread['status'], string> = {
  ok: 'Every leg is quoted on both sides',
  wide: 'A leg is quoted on one side only',
  crossed: 'A leg has its bid above its ask',
  no_quote: 'A leg has no quote',
  expired: 'A leg has expired',
};

export const spreadWords = (status: Spread['status']): string => SPREAD_WORDS[status];
