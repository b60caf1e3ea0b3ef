import type { Chain, Smile } from './model';
import { drawnExpiries, followed, isOld, leftOut, missingPlaces, moneyPlace, nearestPoint, placeOfStrike, quotedPoints, smileLines, smileRows, strikeAt, toggledExpiries } from './model';

const point = (strike: number, x: number | null, iv: number) => ({ x, symbol: `S-${strike}`, strike, right: 'C' as const, log_moneyness: 0, delta: 0.5, iv, iv_bid: null, iv_ask: null, status: 'ok' as const, quote_age_ms: 500 });
const smile = { expiry: '2026-12-18', forward: 100, points: [point(110, 0.1, 0.22), point(90, -0.1, 0.25), point(95, null, 0.24)], fit: [], rejected: [] } as unknown as Smile;

describe('smiles', () => {
  it('draws points in the order of the axis, without those that have no place', () => {
    expect(quotedPoints(smile)).toEqual([{ x: -0.1, y: 0.25 }, { x: 0.1, y: 0.22 }]);
  });
  it('shares a strike with the chain and back', () => {
    expect(nearestPoint(smile, -0.08)?.strike).toBe(90);
    expect(strikeAt(smile, 'delta', 0.3)).toBe(110);
    expect(strikeAt(smile, 'delta', null)).toBeNull();
    expect(placeOfStrike(smile, 'delta', 110)).toBe(0.1);
    expect(placeOfStrike(smile, 'delta', 111)).toBeNull();
  });
  it('marks the money on every axis', () => {
    expect(moneyPlace('strike', smile)).toBe(100);
    expect(moneyPlace('log_moneyness', smile)).toBe(0);
    expect(moneyPlace('delta', smile)).toBe(0.5);
  });
  it('always draws the chosen expiry, first, and at most six', () => {
    expect(drawnExpiries('a', 'b,a,x', ['a', 'b', 'c'])).toEqual(['a', 'b']);
    expect(drawnExpiries('a', null, ['a'])).toEqual(['a']);
    expect(toggledExpiries(['a', 'b'], 'b')).toEqual(['a']);
    expect(toggledExpiries(['a'], 'a')).toEqual(['a']);
    expect(toggledExpiries(['a', 'b', 'c', 'd', 'e', 'f'], 'g')).toHaveLength(6);
  });
  it('puts whiskers where bid and ask have a volatility', () => {
    const quoted = { ...smile, points: [{ ...point(90, 1, 0.2), iv_bid: 0.19, iv_ask: 0.21 }] } as Smile;
    expect(quotedPoints(quoted, true)).toEqual([{ x: 1, y: 0.2, low: 0.19, high: 0.21 }]);
  });
  it('tells earlier smiles from present ones, and what changed since', () => {
    const now = { ...smile, as_of: 'now', points: [point(90, 90, 0.25), point(100, 100, 0.2)] } as Smile;
    const then = { ...smile, as_of: 'then', points: [point(90, 90, 0.22)] } as Smile;
    const lines = smileLines([now, then]);
    expect(lines.map((line) => [line.present === null, line.colour])).toEqual([[true, 0], [false, 1]]);
    const [low, high] = smileRows(lines);
    expect(low?.strike).toBe(90);
    expect(low?.cells[1]?.change).toBeCloseTo(0.03);
    expect(high?.cells[1]).toEqual({ iv: null, bid: null, ask: null, delta: null, age: null, status: null, change: null });
  });
  it('gives each expiry its colour when there are several', () => {
    const other = { ...smile, expiry: '2027-01-15' };
    const lines = smileLines([{ ...smile, as_of: 'now' }, { ...other, as_of: 'now' }, { ...other, as_of: 'then' }] as Smile[]);
    expect(lines.map((line) => line.colour)).toEqual([0, 1, 1]);
  });

  const missing = (strike: number, status: 'no_quote' | 'crossed') => ({ symbol: `S-${strike}`, expiry: '2026-12-18', strike, right: 'C' as const, status, quote_age_ms: 9_000 });

  it('marks where an option has no point, and says so of its strike', () => {
    const holed = { ...smile, points: [point(90, 90, 0.25), point(110, 110, 0.22)], rejected: [missing(105, 'crossed'), missing(110, 'no_quote'), missing(120, 'no_quote')] } as Smile;
    expect(missingPlaces(holed, 'strike').map((each) => [each.x, each.missing.status])).toEqual([[105, 'crossed'], [120, 'no_quote']]);
    expect(missingPlaces(holed, 'log_moneyness')[0]?.x).toBeCloseTo(Math.log(1.05));
    expect(missingPlaces(holed, 'delta')).toEqual([]);
    expect(strikeAt(holed, 'strike', 105)).toBe(105);
    expect(strikeAt(holed, 'strike', 106)).toBe(110);
    expect(placeOfStrike(holed, 'strike', 105)).toBe(105);
    expect(leftOut(holed)).toEqual([{ status: 'no_quote', count: 2 }, { status: 'crossed', count: 1 }]);
    expect(smileRows(smileLines([holed])).find((row) => row.strike === 105)?.cells[0]).toMatchObject({ iv: null, status: 'crossed', age: 9_000 });
  });
  it('draws as rings what is wide, or older than the rest', () => {
    const doubtful = { ...smile, points: [point(90, 1, 0.2), { ...point(95, 2, 0.2), status: 'wide' }, { ...point(110, 3, 0.2), quote_age_ms: 90_000 }] } as Smile;
    expect(quotedPoints(doubtful).map((each) => each.hollow ?? false)).toEqual([false, true, true]);
    expect(doubtful.points.map((each) => isOld(each, doubtful))).toEqual([false, false, true]);
  });

  const side = (symbol: string, iv: number | null, status: string) => ({ symbol, iv, iv_bid: null, iv_ask: null, status, ts: '2026-11-23T18:00:00Z' });
  const chain = {
    expiry: '2026-12-18', forward: 101, forward_source: 'future', rate: 0.03, rate_source: 'assumed', atm_iv: 0.21, as_of: '2026-11-23T18:00:02Z',
    rows: [
      { strike: 90, call: side('C-90', 0.3, 'ok'), put: side('P-90', 0.26, 'wide') },
      { strike: 101, call: side('C-101', 0.21, 'ok'), put: side('P-101', 0.22, 'ok') },
      { strike: 110, call: side('S-110', 0.23, 'ok'), put: null },
      { strike: 120, call: side('C-120', null, 'no_quote'), put: side('P-120', 0.4, 'ok') },
    ],
  } as unknown as Chain;

  it('follows a chain told since: its quotes out of the money, its forward, and the last fit', () => {
    const now = followed(smile, chain, 'strike');
    expect(now.points.map((each) => [each.symbol, each.x, each.iv, each.status])).toEqual([
      ['P-90', 90, 0.26, 'wide'],
      ['P-101', 101, 0.22, 'ok'],
      ['C-101', 101, 0.21, 'ok'],
      ['S-110', 110, 0.23, 'ok'],
    ]);
    expect(now.rejected.map((each) => [each.strike, each.right, each.status])).toEqual([[120, 'C', 'no_quote']]);
    expect(now.points[0]?.quote_age_ms).toBe(2_000);
    expect([now.forward, now.rate, now.as_of, now.fit]).toEqual([101, 0.03, smile.as_of, smile.fit]);
    expect(followed(smile, chain, 'log_moneyness').points[3]?.x).toBeCloseTo(Math.log(110 / 101));
    expect(followed(smile, chain, 'delta').points.map((each) => each.x)).toEqual([null, null, null, 0.5]);
  });
  it('follows no chain of another expiry, and none without a forward', () => {
    expect(followed(smile, { ...chain, expiry: '2027-01-15' }, 'strike')).toBe(smile);
    expect(followed(smile, { ...chain, forward: null }, 'strike')).toBe(smile);
    expect(followed(smile, null, 'strike')).toBe(smile);
  });
});
