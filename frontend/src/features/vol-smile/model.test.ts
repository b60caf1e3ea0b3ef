import type { Smile } from './model';
import { drawnExpiries, moneyPlace, nearestPoint, placeOfStrike, quotedPoints, strikeAt, toggledExpiries } from './model';

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
});
