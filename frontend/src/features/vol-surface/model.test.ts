import type { Surface } from './model';
import { fitWords } from '@/lib/terms';
import { flatColumns, keptSlice, knownRows, meshOf, moneynessTicks, rejections, smileAt, smileOf, standardSlice, termAt } from './model';

const expiry = (dte: number) => ({ expiry: `2026-0${Math.min(9, dte)}-01`, dte, expiry_years: dte / 365 });
const surface = {
  log_moneyness: [-0.1, 0, 0.1],
  expiries: [expiry(1), expiry(4), expiry(9)],
  iv: [[0.3, 0.2, null], [null, null, null], [0.28, 0.2, 0.22]],
  rejected: [{ status: 'wide' }, { status: 'no_quote' }, { status: 'no_quote' }],
} as unknown as Surface;

describe('the surface', () => {
  it('leaves out expiries without volatilities', () => {
    expect(knownRows(surface).map((row) => row.expiry.dte)).toEqual([1, 9]);
  });
  it('puts rows between the expiries, linear in total variance', () => {
    const mesh = meshOf(surface, 2);
    expect(mesh.z).toHaveLength(3);
    expect(mesh.z[0]).toEqual([0.3, 0.2, null]);
    // Half way in the root of time is 4 days: 0.3² × 1 × 5/8 + 0.28² × 9 × 3/8, over 4.
    expect(mesh.z[1]?.[0]).toBeCloseTo(Math.sqrt((0.09 * 1 * 0.625 + 0.0784 * 9 * 0.375) / 4));
    expect(mesh.z[1]?.[1]).toBeCloseTo(0.2);
    expect(mesh.z[1]?.[2]).toBeNull();
  });
  it('slices both ways', () => {
    expect(smileAt(surface, { row: 0, column: 0 })).toEqual([{ x: -0.1, y: 0.3 }, { x: 0, y: 0.2 }]);
    expect(termAt(surface, { row: 0, column: 2 })).toEqual([{ x: 9, y: 0.22 }]);
    expect(standardSlice(surface)).toEqual({ row: 0, column: 1 });
    expect(keptSlice({ row: 7, column: 9 }, surface)).toEqual({ row: 1, column: 2 });
    expect(keptSlice(null, surface)).toEqual({ row: 0, column: 1 });
  });
  it('finds the smile of an expiry in another surface', () => {
    expect(smileOf(surface, expiry(9).expiry)).toEqual([{ x: -0.1, y: 0.28 }, { x: 0, y: 0.2 }, { x: 0.1, y: 0.22 }]);
    expect(smileOf(surface, '2031-01-01')).toEqual([]);
  });
  it('says why nothing was fitted', () => {
    expect(fitWords('too_few_quotes')).toContain('Too few strikes');
    expect(fitWords(null)).toBe('Not asked for');
  });
  it('keeps the money among the columns of the twin', () => {
    expect(flatColumns(surface)).toEqual([0, 1, 2]);
    const wide = { ...surface, log_moneyness: Array.from({ length: 61 }, (_, index) => (index - 30) / 100) } as Surface;
    expect(flatColumns(wide)).toHaveLength(13);
    expect(flatColumns(wide)).toContain(30);
  });
  it('counts what was rejected by reason', () => expect(rejections(surface)).toEqual([{ status: 'no_quote', count: 2 }, { status: 'wide', count: 1 }]));
  it('ticks in whole percent of the forward', () => expect(moneynessTicks(surface)).toEqual([95, 100, 105, 110]));
});
