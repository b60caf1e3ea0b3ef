import { describe, expect, it } from 'vitest';
import { black76, black76Greeks } from '@/lib/option-maths';
import { readOptionSymbol } from '@/lib/strategy-link';
import type { Chain } from './templates';
import { needsFar, resolveTemplate, TEMPLATES, templateOf } from './templates';

/** A chain with a strike every `gap`, whose forward is 100 and whose volatility is 30 %. */
function chainOf(expiry: string, years: number, gap = 1): Chain {
  const strikes = Array.from({ length: Math.floor(60 / gap) + 1 }, (_, index) => 70 + index * gap);
  const side = (strike: number, right: 'C' | 'P') => {
    const option = { isCall: right === 'C', forward: 100, strike, years, vol: 0.3, rate: 0.03 };
    return { symbol: `XYZ-${expiry}-${strike}-${right}`, mark: black76(option), delta: black76Greeks(option).delta, status: 'ok' };
  };
  const rows = strikes.map((strike) => ({ strike, call: side(strike, 'C'), put: side(strike, 'P') }));
  return { underlying: 'XYZ', underlying_symbol: 'XYZ-2026-04', currency: 'USD', price_currency: 'USD', delta_kind: 'forward', forward: 100, atm_iv: 0.3, expiry_years: years, rows } as unknown as Chain;
}

const NEAR = chainOf('2026-03-17', 0.1);
const FAR = chainOf('2026-06-17', 0.35);
const legsOf = (key: string, near = NEAR, far: Chain | null = FAR) => {
  const found = resolveTemplate(templateOf(key)!, near, far);
  if (found.kind !== 'legs') throw new Error(found.why);
  return found;
};
const shapeOf = (key: string) => legsOf(key).legs.map(({ quantity, symbol }) => ({ quantity, ...readOptionSymbol(symbol) }));

describe('a template', () => {
  it.each(TEMPLATES.map((each) => each.key))('becomes as many listed contracts as it has legs: %s', (key) => {
    const { legs } = legsOf(key);
    expect(legs.map((leg) => leg.quantity)).toEqual(templateOf(key)!.picks.map((pick) => pick.quantity));
    expect(new Set(legs.map((leg) => leg.symbol)).size).toBe(legs.length);
  });

  it('resolves to the legs that the server’s sums are checked with', async () => {
    const all = Object.fromEntries(TEMPLATES.map(({ key }) => [key, legsOf(key).legs]));
    // `tests/unit/market/strategies/test_templates.py` reckons each of them by itself.
    await expect(`${JSON.stringify(all, null, 1)}\n`).toMatchFileSnapshot('./templates.fixture.json');
  });

  it('of an iron condor stands around the money, wings outside', () => {
    const [low, put, call, high] = shapeOf('iron-condor');
    expect([low?.right, put?.right, call?.right, high?.right]).toEqual(['P', 'P', 'C', 'C']);
    expect(low!.strike!).toBeLessThan(put!.strike!);
    expect(put!.strike!).toBeLessThan(100);
    expect(call!.strike!).toBeGreaterThan(100);
    expect(high!.strike!).toBeGreaterThan(call!.strike!);
  });

  it('of a calendar has one strike and two expiries', () => {
    const [near, far] = shapeOf('call-calendar');
    expect([near?.strike, far?.strike]).toEqual([100, 100]);
    expect([near?.expiry, far?.expiry]).toEqual(['2026-03-17', '2026-06-17']);
    expect(needsFar(templateOf('call-calendar')!)).toBe(true);
    expect(resolveTemplate(templateOf('call-calendar')!, NEAR, null)).toMatchObject({ kind: 'impossible' });
  });

  it('of a covered call names the future, and is refused where there is none one for one', () => {
    expect(legsOf('covered-call').legs[0]).toEqual({ quantity: 1, symbol: 'XYZ-2026-04' });
    const coin = { ...NEAR, price_currency: 'BTC' };
    expect(resolveTemplate(templateOf('collar')!, coin, null)).toMatchObject({ kind: 'impossible' });
  });

  it('says when no strike comes near the delta it asks for, and when wings are uneven', () => {
    expect(legsOf('bull-call').notes).toEqual([]);
    expect(legsOf('bull-call', chainOf('2026-03-17', 0.02, 5)).notes[0]).toMatch(/has a delta of 0\.\d\d; 0\.25 is not listed/);
    expect(legsOf('iron-butterfly', chainOf('2026-03-17', 0.1, 7)).notes.join()).toMatch(/wings are|^$/);
  });

  it('is refused by words where its legs would fall together', () => {
    const narrow = { ...NEAR, rows: NEAR.rows.filter((row) => row.strike === 100) };
    expect(resolveTemplate(templateOf('bull-call')!, narrow, null)).toMatchObject({ kind: 'impossible', why: expect.stringContaining('same contract') });
    expect(resolveTemplate(templateOf('bull-call')!, { ...NEAR, rows: [] }, null)).toMatchObject({ kind: 'impossible' });
  });
});
