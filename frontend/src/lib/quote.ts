/** A price of a quote as it is written: in its tick, with the word for what kind of price it is. */

import { decimalsOfTick, formatNumber, formatSigned } from './format';

export type PriceKind = 'mid' | 'mark' | 'last' | 'settlement' | null;

interface Priced {
  price: number | null;
  price_kind: PriceKind;
}

/** Decimals of a price: the tick's, or of half a tick for a middle between two. */
export function priceDecimals(tick: number | null | undefined, kind: PriceKind): number {
  const whole = decimalsOfTick(tick);
  return kind === 'mid' && tick != null ? Math.min(Math.max(whole, 6), decimalsOfTick(tick / 2)) : whole;
}

export function writePrice(quote: Priced, tick: number | null | undefined): string | null {
  return quote.price === null ? null : formatNumber(quote.price, priceDecimals(tick, quote.price_kind));
}

export function writeChange(quote: Priced & { change: number | null }, tick: number | null | undefined): string | null {
  return quote.change === null ? null : formatSigned(quote.change, priceDecimals(tick, quote.price_kind));
}

const KIND_WORDS: Record<NonNullable<PriceKind>, string> = {
  mid: 'Middle of bid and ask',
  mark: "The venue's mark",
  last: 'Last trade',
  settlement: 'Settlement',
};

export const kindWords = (kind: PriceKind): string => (kind ? KIND_WORDS[kind] : 'No price');
