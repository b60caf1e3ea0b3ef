import type { Smile } from './model';
import { drawnExpiries, moneyPlace, nearestPoint, placeOfStrike, quotedPoints, smileLines, smileRows, strikeAt, toggledExpiries } from './model';

const point = (strike: number, x: number | null, iv: number) => ({ x, symbol: `S-${strike}`, strike, right: 'C' as const, log_moneyness: 0, delta: 0.5, iv, iv_bid: null, iv_ask: null, status: 'ok' as const });
const smile = { expiry: '2026-12-18', forward: 100, points: [point(110, 0.1, 0.22), point(90, -0.1, 0.25), point(95, null, 0.24)], fit: [] } as unknown as Smile;

describe('smiles', () => {
  it('draws points in the order of the axis, without those that have no place', () => {
    expect(quotedPoints(smile)).toEqual([{ x: -0.1, y: 0.25 }, { x: 0.1, y: 0.22 }]);
  });
  it('shares a strike with the chain and back', () => {
    expect(nearestPoint(smile, -0.08)?.strike).toBe(90);
    expect(strikeAt(smile, 0.3)).toBe(110);
    expect(strikeAt(smile, null)).toBeNull();
    expect(placeOfStrike(smile, 110)).toBe(0.1);
    expect(placeOfStrike(smile, 111)).toBeNull();
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
    expect(high?.cells[1]).toEqual({ iv: null, bid: null, ask: null, delta: null, status: null, change: null });
  });
  it('gives each expiry its colour when there are several', () => {
    const other = { ...smile, expiry: '2027-01-15' };
    const lines = smileLines([{ ...smile, as_of: 'now' }, { ...other, as_of: 'now' }, { ...other, as_of: 'then' }] as Smile[]);
    expect(lines.map((line) => line.colour)).toEqual([0, 1, 1]);
  });
});
