/** A leg as somebody types it, `-2 80 put jan`, and what is listed for it: pure. */

import { formatDay } from '@/lib/time';
import { formatStrike } from '@/lib/format';
import type { LinkLeg } from '@/lib/strategy-link';
import type { Chain } from './templates';

export type Wish =
  | { kind: 'symbol'; quantity: number; symbol: string }
  | { kind: 'option'; quantity: number; strike: number; right: 'C' | 'P'; month: number | null; day: number | null }
  | { kind: 'unclear'; why: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const SYMBOL = /^[A-Z0-9][A-Z0-9._&-]*-(?:\d{4}-\d{2}(?:-\d{2})?(?:-[\d.]+-[CP])?|PERP)$/;
const HOW = 'Write a strike and call or put, such as 75 call, -2 80 put jan, or a whole symbol.';

/** Reads the words in any order: a sign or buy/sell, a count, a strike, call or put, a month and day. */
export function readWish(text: string): Wish {
  const words = text.trim().split(/[\s,]+/).filter(Boolean);
  if (words.length === 0) return { kind: 'unclear', why: HOW };
  let sign = 1;
  const rest: string[] = [];
  for (const word of words) {
    if (/^(buy|long)$/i.test(word)) sign = 1;
    else if (/^(sell|short)$/i.test(word)) sign = -1;
    else rest.push(word);
  }
  const symbol = rest.find((word) => SYMBOL.test(word.toUpperCase()));
  if (symbol) {
    const count = rest.find((word) => /^[+-]?[1-9]\d{0,4}$/.test(word));
    return { kind: 'symbol', quantity: sign * Number(count ?? 1), symbol: symbol.toUpperCase() };
  }
  return readOption(rest, sign);
}

function readOption(words: readonly string[], sign: number): Wish {
  let right: 'C' | 'P' | null = null;
  let month: number | null = null;
  const numbers: string[] = [];
  for (const word of words) {
    const glued = /^([+-]?[\d.]+)(c|p|call|put)s?$/i.exec(word);
    const named = /^(c|p|call|put)s?$/i.exec(word);
    const asMonth = MONTHS.indexOf(word.slice(0, 3).toLowerCase());
    if (glued) {
      numbers.push(glued[1]!);
      right = rightOf(glued[2]!);
    } else if (named) right = rightOf(named[1]!);
    else if (/^[+-]?\d+(\.\d+)?$/.test(word)) numbers.push(word);
    else if (/^[a-z]/i.test(word) && asMonth >= 0) month = asMonth + 1;
    else return { kind: 'unclear', why: `“${word}” is neither a number, call, put nor a month. ${HOW}` };
  }
  if (right === null) return { kind: 'unclear', why: `Call or put? ${HOW}` };
  return fromNumbers(numbers, sign, right, month);
}

const rightOf = (word: string): 'C' | 'P' => (word[0]?.toLowerCase() === 'c' ? 'C' : 'P');

/** One number is the strike; a signed or a further first one is the count; a small one beside a month its day. */
function fromNumbers(numbers: string[], sign: number, right: 'C' | 'P', month: number | null): Wish {
  const left = [...numbers];
  const first = left[0] ?? '';
  const counts = left.length > 1 && /^[+-]?[1-9]\d{0,4}$/.test(first) && (/^[+-]/.test(first) || left.length > (month === null ? 1 : 2) || Number(left[1]) > 31);
  const quantity = counts ? sign * Number(left.shift()) : sign;
  const dayAt = month === null ? -1 : left.findIndex((each, at) => left.length > 1 && /^\d{1,2}$/.test(each) && Number(each) <= 31 && at > 0);
  const day = dayAt < 0 ? null : Number(left.splice(dayAt, 1)[0]);
  const strike = Number(left[0]);
  if (left.length !== 1 || !(strike > 0)) return { kind: 'unclear', why: HOW };
  return { kind: 'option', quantity, strike, right, month, day };
}

/** The first listed expiry in the month, on the day where one is named; null where no month is. */
export function expiryOfWish(wish: Wish, expiries: readonly string[]): string | null {
  if (wish.kind !== 'option' || wish.month === null) return null;
  const inMonth = expiries.filter((expiry) => Number(expiry.slice(5, 7)) === wish.month);
  return inMonth.find((expiry) => wish.day === null || Number(expiry.slice(8, 10)) === wish.day) ?? inMonth[0] ?? null;
}

/** The listed contract nearest to the wish; a note where it is not quite what was typed. */
export function legOfWish(wish: Wish, chain: Pick<Chain, 'rows' | 'expiry' | 'underlying'>): { leg: LinkLeg | null; note: string | null } {
  if (wish.kind !== 'option') return { leg: null, note: HOW };
  const sides = chain.rows.flatMap((row) => {
    const side = wish.right === 'C' ? row.call : row.put;
    return side ? [{ strike: row.strike, symbol: side.symbol }] : [];
  });
  const name = wish.right === 'C' ? 'call' : 'put';
  const best = sides.reduce<(typeof sides)[number] | null>((near, each) => (near === null || Math.abs(each.strike - wish.strike) < Math.abs(near.strike - wish.strike) ? each : near), null);
  if (best === null) return { leg: null, note: `${chain.underlying} lists no ${name} for ${formatDay(chain.expiry)}.` };
  const leg = { quantity: wish.quantity, symbol: best.symbol };
  const inMonth = wish.month === null || Number(chain.expiry.slice(5, 7)) === wish.month;
  const notes = [
    best.strike === wish.strike ? null : `No ${formatStrike(wish.strike)} ${name} is listed; this is the nearest, ${formatStrike(best.strike)}.`,
    inMonth ? null : `No expiry is listed in that month; this is ${formatDay(chain.expiry)}.`,
  ].filter((each) => each !== null);
  return { leg, note: notes.length > 0 ? notes.join(' ') : null };
}
