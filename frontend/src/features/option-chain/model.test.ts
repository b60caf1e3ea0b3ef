import { row, side } from './rows.fixture';
import { decimalsOf, defaultExpiry, forwardWords, isInTheMoney, keptRows, largestInterest, nearestDelta, nextFilter, reasonOf, worthWords, writerOf } from './model';


describe('the chain', () => {
  it('tells what a price in coin is worth, and nothing of a price in money', () => {
    const coin = side({ mark: 0.02, mark_quote: 1300, ask: 0.022 });
    expect(worthWords(coin, 'ask', 0.022, { currency: 'USD', price_currency: 'BTC' })).toMatch(/^Worth 1.?430\.00 USD$/);
    expect(worthWords(coin, 'delta', 0.5, { currency: 'USD', price_currency: 'BTC' })).toBeNull();
    expect(worthWords(coin, 'ask', 0.022, { currency: 'USD', price_currency: 'USD' })).toBeNull();
  });
  it('writes each column by one decimal rule', () => {
    const write = writerOf(decimalsOf([row(75, side({}), side({ bid: 1.25, gamma: 0.031 }))]));
    expect(write('bid', 1.2)).toBe('1.20');
    expect(write('iv', 0.3123)).toBe('31.23');
    expect(write('gamma', 0.0021)).toBe('0.0021');
    expect(write('delta', -0.5)).toBe('\u22120.500');
    expect(write('open_interest', 12345)).toBe('12.3\u202fk');
  });
  it('says why a number is missing', () => {
    expect(reasonOf(null, 'bid')).toBe('Not listed at this strike');
    expect(reasonOf(side({ bid: null }), 'bid')).toBe('No bid');
    expect(reasonOf(side({ iv: null, status: 'below_intrinsic' }), 'iv')).toMatch(/exercising/);
    expect(reasonOf(side({ bid: null, iv_bid: null }), 'iv_bid')).toBe('No bid to compute from');
  });
  it('shades calls below and puts above the forward', () => {
    expect(isInTheMoney('call', 70, 75)).toBe(true);
    expect(isInTheMoney('put', 70, 75)).toBe(false);
    expect(isInTheMoney('put', 80, 75)).toBe(true);
    expect(isInTheMoney('call', 70, null)).toBe(false);
  });
  it('measures bars by the largest open interest of either side', () => {
    expect(largestInterest([row(1, side({ open_interest: 5 }), null), row(2, null, side({ open_interest: 9 }))])).toBe(9);
    expect(largestInterest([])).toBe(0);
  });
  it('prefers an expiry that lasts a week', () => {
    expect(defaultExpiry([{ expiry: 'a', dte: 3 }, { expiry: 'b', dte: 8 }, { expiry: 'c', dte: 30 }])).toBe('b');
    expect(defaultExpiry([{ expiry: 'a', dte: 0 }, { expiry: 'b', dte: 3 }])).toBe('b');
    expect(defaultExpiry([])).toBeNull();
  });
  it('names the source of the forward', () => {
    expect(forwardWords({ forward_source: 'future', underlying_symbol: 'ES-2020-03', parity_pairs: 0 })).toBe('from ES-2020-03');
    expect(forwardWords({ forward_source: 'parity', underlying_symbol: null, parity_pairs: 38 })).toBe('from put-call parity, 38 pairs');
  });
  it('keeps the strikes that the API would keep', () => {
    const rows = [90, 95, 100, 105, 110].map((strike, index) => row(strike, side({ delta: 0.95 - 0.2 * index }), side({ delta: -0.05 - 0.2 * index })));
    const kept = (filter: Parameters<typeof keptRows>[1], forward: number | null = 101) => keptRows({ rows, forward }, filter).map((each) => each.strike);
    expect(kept('all')).toEqual([90, 95, 100, 105, 110]);
    expect(kept('atm:10')).toEqual([90, 95, 100, 105, 110]);
    expect(kept('pct:0.1')).toEqual([95, 100, 105, 110]);
    expect(kept('delta:0.1..0.9')).toEqual([95, 100, 105, 110]);
    expect(kept('atm:10', null)).toEqual([]);
    expect(keptRows({ rows, forward: 101 }, 'pct:0.1')[0]).toBe(rows[1]);
  });
  it('widens and narrows the strikes within one kind of filter', () => {
    expect(nextFilter('atm:20', 1)).toBe('atm:40');
    expect(nextFilter('atm:5', -1)).toBe('atm:5');
    expect(nextFilter('pct:0.1', -1)).toBe('pct:0.05');
    expect(nextFilter('delta:0.1..0.9', 1)).toBe('delta:0.02..0.98');
    expect(nextFilter('delta:0.02..0.98', 1)).toBe('delta:0.02..0.98');
  });
  it('finds the strike of a delta on either side', () => {
    const rows = [row(90, side({ delta: 0.8 }), side({ delta: -0.2 })), row(100, side({ delta: 0.5 }), null), row(110, side({ delta: 0.27 }), side({ delta: -0.73 })), row(120, side({ delta: null }), null)];
    expect(nearestDelta(rows, 'call', 0.25)).toBe(2);
    expect(nearestDelta(rows, 'put', 0.25)).toBe(0);
    expect(nearestDelta([row(1, null, null)], 'call', 0.25)).toBe(-1);
  });
});
