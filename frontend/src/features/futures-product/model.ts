/** One product's contracts: pure. */

import type { Answer } from '@/api/client';
import { decimalsOfTick } from '@/lib/format';

export type ProductDetail = Answer<'/api/v1/futures/{root}'>;
export type Contract = ProductDetail['contracts'][number];

/** Decimals of prices in this product's tables: the tick's, or half a tick's for what is a middle. */
export function decimalsFor(tick: number | null, kind: 'traded' | 'middle'): number {
  const whole = decimalsOfTick(tick);
  return kind === 'middle' && tick !== null ? Math.min(Math.max(whole, 6), decimalsOfTick(tick / 2)) : whole;
}

/** Largest open interest of a product's contracts: the length of a full bar. */
export function largestOpenInterest(contracts: readonly Contract[]): number {
  return Math.max(0, ...contracts.map((contract) => contract.quote.open_interest ?? 0));
}
