import type { Contract } from './model';
import { ageOf, dated, legTrouble, namedSpread, neighbours, pastOf, spreadOf, troubles, withQuoteAges } from './model';

const contract = (symbol: string, bid: number | null, ask: number | null, more: object = {}) =>
  ({ symbol, expiry: `2027-${symbol.slice(-2)}-20`, days_to_expiry: Number(symbol.slice(-2)) * 30, quote: { bid, ask, status: 'ok', quote_age_ms: 100, ts: null }, ...more }) as unknown as Contract;

const near = contract('CL-2027-01', 70.01, 70.03);
const middle = contract('CL-2027-02', 70.4, 70.43);
const far = contract('CL-2027-03', 70.7, 70.74);

describe('a spread', () => {
  it('buys at the ask and sells at the bid of its legs', () => {
    expect(spreadOf('calendar', [near, middle])).toMatchObject({ name: 'CL-2027-01/CL-2027-02', bid: -0.42, ask: -0.37, mid: -0.395, days: 30 });
    expect(spreadOf('butterfly', [near, middle, far])).toMatchObject({ bid: -0.15, ask: -0.03, mid: -0.09, days: 60 });
  });

  it('has no price on the side that a leg does not quote, and names the leg', () => {
    const silent = spreadOf('calendar', [near, contract('CL-2027-02', 70.4, null)]);
    expect([silent.bid, silent.ask, silent.mid]).toEqual([null, -0.37, null]);
    expect(troubles(silent)).toEqual(['CL-2027-02 has no ask']);
  });

  it('has no middle where a crossed leg turns it round', () => {
    const crossed = contract('CL-2027-02', 70.5, 70.4, { quote: { bid: 70.5, ask: 70.4, status: 'crossed', quote_age_ms: 1, ts: null } });
    const spread = spreadOf('calendar', [near, crossed]);
    expect(spread.mid).toBeNull();
    expect(troubles(spread)).toEqual(['CL-2027-02 has its bid above its ask']);
  });

  it('is as old as its oldest leg, and of no age where one was never quoted', () => {
    const old = contract('CL-2027-02', 1, 2, { quote: { bid: 1, ask: 2, status: 'ok', quote_age_ms: 900, ts: null } });
    const never = contract('CL-2027-03', null, null, { quote: { bid: null, ask: null, status: 'no_quote', quote_age_ms: null, ts: null } });
    const clock = { serverAt: null, receivedAt: 0 };
    expect(ageOf(spreadOf('calendar', [near, old]), clock)).toBe(900);
    expect(ageOf(spreadOf('calendar', [near, never]), clock)).toBeNull();
    expect(legTrouble({ contract: never, ratio: 1 })).toBe('CL-2027-03 has no quote');
  });
});

describe('spreads of a product', () => {
  it('are made of neighbours that end some day, the nearest first', () => {
    const perpetual = contract('CL-PERPETUAL', 1, 2, { expiry: null });
    const contracts = dated([far, perpetual, near, middle]);
    expect(contracts.map((each) => each.symbol)).toEqual(['CL-2027-01', 'CL-2027-02', 'CL-2027-03']);
    expect(neighbours('calendar', contracts).map((each) => each.name)).toEqual(['CL-2027-01/CL-2027-02', 'CL-2027-02/CL-2027-03']);
    expect(neighbours('butterfly', contracts).map((each) => each.name)).toEqual(['CL-2027-01/CL-2027-02/CL-2027-03']);
    expect(neighbours('butterfly', [near])).toEqual([]);
  });

  it('are found by the name of their legs, and not where a leg is unknown', () => {
    expect(namedSpread('CL-2027-01/CL-2027-03', [near, middle, far])?.kind).toBe('calendar');
    expect(namedSpread('CL-2027-01/CL-2027-02/CL-2027-03', [near, middle, far])?.kind).toBe('butterfly');
    for (const name of [null, '', 'CL-2027-01', 'CL-2027-01/CL-2031-01']) expect(namedSpread(name, [near, middle, far])).toBeUndefined();
  });

  it('are as old in the past as their legs\' bids and asks, whatever was traded since', () => {
    const told = [{ legs: [{ symbol: 'CL-2027-01', quote_age_ms: 5_000 }, { symbol: 'CL-2027-02', quote_age_ms: 9_000 }] }] as never;
    const spread = spreadOf('calendar', withQuoteAges([near, middle], told));
    expect(ageOf(spread, { serverAt: 99, receivedAt: 0 })).toBe(9_000);
    expect(ageOf(spreadOf('calendar', withQuoteAges([near, far], told)), { serverAt: null, receivedAt: 0 })).toBeNull();
  });

  it('have a past where every leg has a bar', () => {
    const bars = (...closes: [string, number | null][]) => closes.map(([ts, close]) => ({ ts, close })) as never;
    const past = pastOf(spreadOf('calendar', [near, middle]), [bars(['a', 70], ['b', 71], ['c', null], ['d', 73]), bars(['a', 70.5], ['c', 72], ['d', 73.25])]);
    expect(past).toEqual([{ ts: 'a', value: -0.5 }, { ts: 'd', value: -0.25 }]);
  });
});
