import type { CurveAnswer, CurvePoint } from './model';
import { comparedCurves, dayOf, frontRollYield, isoOfDay, monthTicks, pointAt, pointBeside, pricedPoints, shapeWords } from './model';

const point = (symbol: string, expiry: string | null, price: number | null) => ({ symbol, expiry, price }) as CurvePoint;
const curve = { as_of: '2026-01-05T12:00:00Z', points: [point('P', null, 5), point('A', '2026-02-20', 10), point('B', '2026-03-20', null)] };

describe('the term structure', () => {
  it('places contracts by their expiry and a perpetual today', () => {
    expect(pricedPoints(curve).map(({ x, y }) => [isoOfDay(x), y])).toEqual([['2026-01-05', 5], ['2026-02-20', 10]]);
    expect(pointAt(curve, dayOf('2026-02-20'))?.symbol).toBe('A');
    expect(pointAt(curve, dayOf('2026-03-20'))).toBeNull();
  });
  it('holds a perpetual against itself, though an earlier curve has it at an earlier place', () => {
    const then = { as_of: '2025-12-29T12:00:00Z', points: [point('P', null, 4), point('A', '2026-02-20', null), point('C', '2026-02-20', 9)] };
    expect(pointBeside(then, pointAt(curve, dayOf('2026-01-05')), dayOf('2026-01-05'))?.price).toBe(4);
    expect(pointBeside(then, pointAt(curve, dayOf('2026-02-20')), dayOf('2026-02-20'))?.symbol).toBe('C');
    expect(pointBeside(then, null, dayOf('2026-06-20'))).toBeNull();
  });
  it('gives each moment asked for its own curve, and none to one of which nothing is stored', () => {
    const then = (as_of: string, price: number | null) => ({ as_of, points: [point('A', '2026-02-20', price)] }) as unknown as CurveAnswer['compare'][number];
    const found = comparedCurves(['1', '7', '2025-12-01', '30'], ['2026-01-04T12:00:00Z', '2025-12-29T12:00:00Z', '2025-12-01', '2025-12-06T12:00:00Z'], [
      then('2025-12-29T12:00:00Z', 9),
      then('2025-12-01T23:59:59.999999Z', 8),
      then('2025-12-06T12:00:00Z', null),
    ]);
    expect(found.map(({ label, curve: its }) => [label, its?.points[0]?.price ?? null])).toEqual([
      ['1 day before', null],
      ['1 week before', 9],
      ['1 Dec 2025', 8],
      ['1 month before', null],
    ]);
  });
  it('says its shape, and what the front contract earns', () => {
    expect(shapeWords({ shape: 'backwardation', shape_pct_annualised: -3.14 })).toBe('Backwardation, \u22123.1\u202f% a year');
    expect(shapeWords({ shape: 'flat', shape_pct_annualised: null })).toBe('Flat');
    expect(shapeWords({ shape: null, shape_pct_annualised: null })).toBeNull();
    const earning = { ...curve, points: [{ ...point('P', null, 5), roll_yield_annualised: null }, { ...point('A', '2026-02-20', 10), roll_yield_annualised: 0.02 }] } as typeof curve;
    expect(frontRollYield(earning)).toBe(0.02);
  });
  it('writes each month once', () => {
    expect(monthTicks(['2026-01-16', '2026-01-30', '2026-02-20'].map(dayOf)).map(isoOfDay)).toEqual(['2026-01-16', '2026-02-20']);
  });
});
