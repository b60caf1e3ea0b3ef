import type { CurvePoint } from './model';
import { askedDays, comparedInstants, dayOf, isoOfDay, monthTicks, pointAt, pricedPoints } from './model';

const point = (symbol: string, expiry: string | null, price: number | null) => ({ symbol, expiry, price }) as CurvePoint;
const curve = { as_of: '2026-01-05T12:00:00Z', points: [point('P', null, 5), point('A', '2026-02-20', 10), point('B', '2026-03-20', null)] };

describe('the term structure', () => {
  it('places contracts by their expiry and a perpetual today', () => {
    expect(pricedPoints(curve).map(({ x, y }) => [isoOfDay(x), y])).toEqual([['2026-01-05', 5], ['2026-02-20', 10]]);
    expect(pointAt(curve, dayOf('2026-02-20'))?.symbol).toBe('A');
    expect(pointAt(curve, dayOf('2026-03-20'))).toBeNull();
  });
  it('lays over instants to the minute, only those on offer', () => {
    expect(comparedInstants(['1', '7'], new Date('2026-01-08T10:20:33Z'))).toEqual(['2026-01-07T10:20:00Z', '2026-01-01T10:20:00Z']);
    expect(askedDays('7,x,1')).toEqual(['1', '7']);
    expect(askedDays(null)).toEqual([]);
  });
  it('writes each month once', () => {
    expect(monthTicks(['2026-01-16', '2026-01-30', '2026-02-20'].map(dayOf)).map(isoOfDay)).toEqual(['2026-01-16', '2026-02-20']);
  });
});
