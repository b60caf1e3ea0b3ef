/** Legs gathered from the chain before they are taken to the strategy builder: pure. */

import type { LinkLeg } from '@/lib/strategy-link';
import { MOST_LEGS, readOptionSymbol, readStrategyLink } from '@/lib/strategy-link';
import { formatDay } from '@/lib/time';

/** The legs that the address holds; none where it can't be read. */
export function readLegs(text: string | null): LinkLeg[] {
  if (!text) return [];
  const read = readStrategyLink({ get: (name) => (name === 'legs' ? text : null) });
  return read.kind === 'strategy' ? read.strategy.legs : [];
}

/** The legs as the address holds them; null for none. */
export function writeLegs(legs: readonly LinkLeg[]): string | null {
  return legs.map(({ quantity, symbol }) => `${quantity > 0 ? '+' : ''}${quantity}:${symbol}`).join(',') || null;
}

/** One contract more of a leg: the same option adds up, and what comes to nothing is gone. */
export function withLeg(legs: readonly LinkLeg[], leg: LinkLeg): LinkLeg[] {
  const known = legs.some((each) => each.symbol === leg.symbol);
  if (!known) return legs.length >= MOST_LEGS ? [...legs] : [...legs, leg];
  return legs.map((each) => (each.symbol === leg.symbol ? { ...each, quantity: each.quantity + leg.quantity } : each)).filter((each) => each.quantity !== 0);
}

/** A leg in words: `+1 6200 C 27 Nov`. */
export function legWords({ quantity, symbol }: LinkLeg, year: number): string {
  const option = readOptionSymbol(symbol);
  const count = quantity > 0 ? `+${quantity}` : `\u2212${-quantity}`;
  return option ? `${count} ${option.strike} ${option.right} ${formatDay(option.expiry, year)}` : `${count} ${symbol}`;
}
