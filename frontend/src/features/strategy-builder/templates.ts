/** Known strategies, and how each becomes listed contracts of a chain: pure. */

import type { Answer } from '@/api/client';
import { formatNumber, formatStrike } from '@/lib/format';
import type { LinkLeg } from '@/lib/strategy-link';

export type Chain = Answer<'/api/v1/options/{underlying}/chain'>;
type Row = Chain['rows'][number];
type Right = 'C' | 'P';

/** Where a leg's strike is looked for: at the money, at a delta, or so many expected moves away from the forward. */
type Place = { at: 'money' } | { at: 'delta'; delta: number } | { at: 'move'; moves: number };

type Pick = { quantity: number; right: Right; place: Place; far?: boolean } | { quantity: number; future: true };

export interface Template {
  key: string;
  name: string;
  group: 'Rising' | 'Falling' | 'Quiet' | 'Moving' | 'With the future';
  /** When it earns, in one sentence. */
  words: string;
  picks: readonly Pick[];
}

const money = { at: 'money' } as const;
const delta = (value: number): Place => ({ at: 'delta', delta: value });
const move = (moves: number): Place => ({ at: 'move', moves });
const call = (quantity: number, place: Place, far = false): Pick => ({ quantity, right: 'C', place, far });
const put = (quantity: number, place: Place, far = false): Pick => ({ quantity, right: 'P', place, far });
const future = (quantity: number): Pick => ({ quantity, future: true });

export const TEMPLATES: readonly Template[] = [
  { key: 'long-call', name: 'Long call', group: 'Rising', words: 'Earns when the price rises well above the strike; the premium is the most that can be lost.', picks: [call(1, money)] },
  { key: 'bull-call', name: 'Bull call spread', group: 'Rising', words: 'Earns when the price rises; the sold call makes it cheaper and caps it.', picks: [call(1, money), call(-1, delta(0.25))] },
  { key: 'bull-put', name: 'Bull put spread', group: 'Rising', words: 'Takes in a premium and keeps it while the price stays above the sold put.', picks: [put(1, delta(0.15)), put(-1, delta(0.3))] },
  { key: 'risk-reversal', name: 'Risk reversal', group: 'Rising', words: 'A call paid for by a sold put: nearly the future itself, with a gap in the middle.', picks: [put(-1, delta(0.25)), call(1, delta(0.25))] },
  { key: 'jade-lizard', name: 'Jade lizard', group: 'Rising', words: 'A sold put and a sold call spread: little or no risk above, a put’s risk below.', picks: [put(-1, delta(0.3)), call(-1, delta(0.3)), call(1, delta(0.15))] },
  { key: 'long-put', name: 'Long put', group: 'Falling', words: 'Earns when the price falls well below the strike; the premium is the most that can be lost.', picks: [put(1, money)] },
  { key: 'bear-put', name: 'Bear put spread', group: 'Falling', words: 'Earns when the price falls; the sold put makes it cheaper and caps it.', picks: [put(1, money), put(-1, delta(0.25))] },
  { key: 'bear-call', name: 'Bear call spread', group: 'Falling', words: 'Takes in a premium and keeps it while the price stays below the sold call.', picks: [call(-1, delta(0.3)), call(1, delta(0.15))] },
  { key: 'put-ratio', name: 'Put ratio spread', group: 'Falling', words: 'One put against two sold further down: earns most at the lower strike, loses far below it.', picks: [put(1, money), put(-2, delta(0.25))] },
  { key: 'iron-condor', name: 'Iron condor', group: 'Quiet', words: 'Takes in a premium and keeps it while the price stays between the two sold strikes.', picks: [put(1, delta(0.1)), put(-1, delta(0.25)), call(-1, delta(0.25)), call(1, delta(0.1))] },
  { key: 'iron-butterfly', name: 'Iron butterfly', group: 'Quiet', words: 'A sold straddle with its wings bought: earns most when the price ends where it is.', picks: [put(1, move(-1)), put(-1, money), call(-1, money), call(1, move(1))] },
  { key: 'butterfly', name: 'Call butterfly', group: 'Quiet', words: 'Cheap, and earns most when the price ends at the middle strike.', picks: [call(1, move(-0.75)), call(-2, money), call(1, move(0.75))] },
  { key: 'short-straddle', name: 'Short straddle', group: 'Quiet', words: 'Takes in two premiums; what can be lost has no end.', picks: [put(-1, money), call(-1, money)] },
  { key: 'short-strangle', name: 'Short strangle', group: 'Quiet', words: 'Takes in two premiums while the price stays between the strikes; what can be lost has no end.', picks: [put(-1, delta(0.25)), call(-1, delta(0.25))] },
  { key: 'call-calendar', name: 'Call calendar', group: 'Quiet', words: 'Sells the near call and owns the later one: earns from time while the price stays near the strike.', picks: [call(-1, money), call(1, money, true)] },
  { key: 'put-calendar', name: 'Put calendar', group: 'Quiet', words: 'Sells the near put and owns the later one: earns from time while the price stays near the strike.', picks: [put(-1, money), put(1, money, true)] },
  { key: 'call-diagonal', name: 'Call diagonal', group: 'Quiet', words: 'Owns a later call deep in the money and sells a near one against it.', picks: [call(-1, delta(0.3)), call(1, delta(0.65), true)] },
  { key: 'long-straddle', name: 'Long straddle', group: 'Moving', words: 'Earns when the price moves far either way; the premiums are the most that can be lost.', picks: [put(1, money), call(1, money)] },
  { key: 'long-strangle', name: 'Long strangle', group: 'Moving', words: 'Cheaper than a straddle, and needs a larger move.', picks: [put(1, delta(0.25)), call(1, delta(0.25))] },
  { key: 'call-backspread', name: 'Call backspread', group: 'Moving', words: 'One call sold for two bought further up: earns from a large rise.', picks: [call(-1, money), call(2, delta(0.3))] },
  { key: 'call-ratio', name: 'Call ratio spread', group: 'Moving', words: 'One call against two sold further up: earns most at the upper strike, loses far above it.', picks: [call(1, money), call(-2, delta(0.25))] },
  { key: 'covered-call', name: 'Covered call', group: 'With the future', words: 'Owns the future and sells a call on it: gives up gains above the strike for a premium.', picks: [future(1), call(-1, delta(0.3))] },
  { key: 'protective-put', name: 'Protective put', group: 'With the future', words: 'Owns the future and insures it: losses end at the strike.', picks: [future(1), put(1, delta(0.3))] },
  { key: 'collar', name: 'Collar', group: 'With the future', words: 'Owns the future between two walls: the sold call pays for the bought put.', picks: [future(1), put(1, delta(0.25)), call(-1, delta(0.25))] },
];

export const templateOf = (key: string): Template | undefined => TEMPLATES.find((each) => each.key === key);

/** Whether it needs a later expiry beside the chosen one. */
export const needsFar = (template: Template): boolean => template.picks.some((pick) => 'far' in pick && pick.far === true);

export type Resolved = { kind: 'legs'; legs: LinkLeg[]; notes: string[] } | { kind: 'impossible'; why: string };

/** How far a found delta may be from the one looked for before it is said. */
const DELTA_OFF = 0.04;

/** Turns a template into listed contracts, and says where they are not quite what it asks for. */
export function resolveTemplate(template: Template, near: Chain, far: Chain | null): Resolved {
  const legs: LinkLeg[] = [];
  const notes: string[] = [];
  for (const pick of template.picks) {
    if ('future' in pick) {
      const symbol = near.underlying_symbol;
      if (!symbol || near.price_currency !== near.currency || near.delta_kind === 'spot') return impossible(`${near.underlying} has no future that these options are on one for one.`);
      legs.push({ quantity: pick.quantity, symbol });
      continue;
    }
    const chain = pick.far ? far : near;
    if (chain === null) return impossible('It needs a second, later expiry, and none is listed.');
    const found = findLeg(chain, pick.right, pick.place);
    if (found === null) return impossible(`No ${pick.right === 'C' ? 'call' : 'put'} of this expiry is quoted.`);
    if (found.note) notes.push(found.note);
    legs.push({ quantity: pick.quantity, symbol: found.symbol });
  }
  const double = legs.find((leg, place) => legs.findIndex((other) => other.symbol === leg.symbol) !== place);
  if (double) return impossible(`Too few strikes are listed: two of its legs would be the same contract (${double.symbol}).`);
  return { kind: 'legs', legs, notes: [...new Set([...notes, ...unevenWings(template, legs)])] };
}

const impossible = (why: string): Resolved => ({ kind: 'impossible', why });

interface Found {
  symbol: string;
  note: string | null;
}

function findLeg(chain: Chain, right: Right, place: Place): Found | null {
  const sides = chain.rows.flatMap((row) => {
    const side = sideOf(row, right);
    return side && side.mark !== null ? [{ strike: row.strike, side }] : [];
  });
  if (place.at === 'delta') {
    const known = sides.filter(({ side }) => side.delta !== null);
    const best = nearest(known, ({ side }) => Math.abs(Math.abs(side.delta ?? 0) - place.delta));
    if (!best) return null;
    const off = Math.abs(best.side.delta ?? 0);
    const note = Math.abs(off - place.delta) > DELTA_OFF ? `The ${formatStrike(best.strike)} ${right === 'C' ? 'call' : 'put'} has a delta of ${formatNumber(off, 2)}; ${formatNumber(place.delta, 2)} is not listed.` : null;
    return { symbol: best.side.symbol, note };
  }
  const target = place.at === 'money' ? chain.forward : movedForward(chain, place.moves);
  if (target === null) return null;
  const best = nearest(sides, ({ strike }) => Math.abs(strike - target));
  return best ? { symbol: best.side.symbol, note: null } : null;
}

const sideOf = (row: Row, right: Right) => (right === 'C' ? row.call : row.put);

/** The forward moved by so many standard deviations of the time left. */
function movedForward({ forward, atm_iv, expiry_years }: Chain, moves: number): number | null {
  if (forward === null || atm_iv === null) return null;
  return forward * Math.exp(moves * atm_iv * Math.sqrt(Math.max(expiry_years, 0)));
}

function nearest<T>(items: readonly T[], distance: (item: T) => number): T | undefined {
  let best: T | undefined;
  let least = Infinity;
  for (const item of items) {
    const away = distance(item);
    if (away < least) [best, least] = [item, away];
  }
  return best;
}

/** A butterfly whose wings are not as wide as each other is not quite one. */
function unevenWings(template: Template, legs: readonly LinkLeg[]): string[] {
  if (!template.key.endsWith('butterfly')) return [];
  const strikes = legs.map((leg) => Number(/-(-?[\d.]+)-[CP]$/.exec(leg.symbol)?.[1]));
  const [low, middle, high] = [Math.min(...strikes), strikes[1] ?? NaN, Math.max(...strikes)];
  return Math.abs(high - middle - (middle - low)) < 1e-9 ? [] : [`Its wings are ${formatStrike(middle - low)} and ${formatStrike(high - middle)} wide: no listed strikes are closer to even.`];
}
