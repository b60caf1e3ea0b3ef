import { describe, expect, it } from 'vitest';
import { expiryOfWish, legOfWish, readWish } from './wish';

const side = (symbol: string) => ({ symbol }) as never;
const CHAIN = { underlying: 'CL', expiry: '2026-12-16', rows: [75, 80].map((strike) => ({ strike, call: side(`CL-2026-12-16-${strike}-C`), put: side(`CL-2026-12-16-${strike}-P`) })) };

describe('a leg as it is typed', () => {
  it.each([
    ['75 call', { quantity: 1, strike: 75, right: 'C', month: null }],
    ['75c', { quantity: 1, strike: 75, right: 'C' }],
    ['-2 80 put', { quantity: -2, strike: 80, right: 'P' }],
    ['sell 2 80p', { quantity: -2, strike: 80, right: 'P' }],
    ['sell 82.5 put jan', { quantity: -1, strike: 82.5, right: 'P', month: 1 }],
    ['-2 80 put jan', { quantity: -2, strike: 80, right: 'P', month: 1, day: null }],
    ['+1 6200 call 18 dec', { quantity: 1, strike: 6200, right: 'C', month: 12, day: 18 }],
  ])('reads %s', (text, expected) => {
    expect(readWish(text)).toMatchObject({ kind: 'option', ...expected });
  });

  it('reads whole symbols', () => {
    expect(readWish('-3 CL-2026-12-16-75-C')).toEqual({ kind: 'symbol', quantity: -3, symbol: 'CL-2026-12-16-75-C' });
    expect(readWish('sell cl-2027-01')).toEqual({ kind: 'symbol', quantity: -1, symbol: 'CL-2027-01' });
  });

  it.each([[''], ['75'], ['call'], ['75 banana call'], ['1 2 3 4 call'], ['-75 call']])('says what is unclear about “%s”', (text) => {
    expect(readWish(text).kind).toBe('unclear');
  });

  it('finds the expiry of a month, and of its day', () => {
    const expiries = ['2026-12-16', '2026-12-18', '2027-01-14'];
    expect(expiryOfWish(readWish('75 call dec'), expiries)).toBe('2026-12-16');
    expect(expiryOfWish(readWish('+1 75 call 18 dec'), expiries)).toBe('2026-12-18');
    expect(expiryOfWish(readWish('75 call'), expiries)).toBeNull();
  });

  it('takes the nearest listed strike and says so', () => {
    expect(legOfWish(readWish('80 put'), CHAIN)).toEqual({ leg: { quantity: 1, symbol: 'CL-2026-12-16-80-P' }, note: null });
    expect(legOfWish(readWish('79 put'), CHAIN).note).toMatch(/nearest, 80/);
    expect(legOfWish(readWish('75 call mar'), CHAIN).note).toMatch(/No expiry is listed in that month/);
    expect(legOfWish(readWish('75 call'), { ...CHAIN, rows: [] }).leg).toBeNull();
  });
});
