import type { Bar } from './bars';
import { barsOf, continued, extended, grown, united } from './bars';

const bar = (time: number, close: number, volume: number | null = 1): Bar => ({ time, open: close - 1, high: close + 2, low: close - 2, close, volume, interest: null });

describe('bars', () => {
  it('are whole, at seconds since 1970', () => {
    const written = { ts: '2026-01-05T12:00:00Z', open: 1, high: 2, low: 0.5, close: 1.5, volume: null, open_interest: 7 };
    expect(barsOf([written, { ...written, close: null }])).toEqual([{ time: 1767614400, open: 1, high: 2, low: 0.5, close: 1.5, volume: null, interest: 7 }]);
  });

  it('are united by time, the newer winning, the oldest left out', () => {
    expect(united([bar(1, 10), bar(2, 20)], [bar(2, 21), bar(3, 30)], 2)).toEqual([bar(2, 21), bar(3, 30)]);
  });

  it('are continued without gap or double: the record wins where it is settled', () => {
    const recorded = [bar(0, 10), bar(60, 20, null), bar(120, 30)];
    const told = [bar(60, 19, 5), bar(120, 33), bar(180, 40)];
    const all = continued(recorded, 140, told, 60);
    expect(all.map((each) => each.time)).toEqual([0, 60, 120, 180]);
    expect(all.map((each) => each.close)).toEqual([10, 20, 33, 40]);
    expect(all[1]?.volume).toBe(5);
  });

  it('grow of finer ones: the last and what is new, as sums of their parts', () => {
    const long = [bar(0, 1), bar(300, 2)];
    const fine = [0, 1, 2, 3, 4, 5, 6].map((step) => bar(300 + 60 * step, 10 + step, step));
    const made = grown(long, fine, 300);
    expect(made.map((each) => each.time)).toEqual([0, 300, 600]);
    expect(made[0]).toEqual(bar(0, 1));
    expect(made[1]).toEqual({ time: 300, open: 9, high: 16, low: 8, close: 14, volume: 0 + 1 + 2 + 3 + 4, interest: null });
    expect(made[2]).toEqual({ time: 600, open: 14, high: 18, low: 13, close: 16, volume: 5 + 6, interest: null });
  });

  it('do not grow where the finer ones begin in the middle', () => {
    expect(grown([bar(300, 2)], [bar(360, 9)], 300)).toEqual([bar(300, 2)]);
    expect(grown([bar(300, 2)], [], 300)).toEqual([bar(300, 2)]);
  });

  it('of days go on to the latest price, and begin anew only with the answer', () => {
    const day = bar(0, 100, 50);
    const after = extended([day], 3_600, [bar(3_000, 300), bar(3_600, 105), bar(3_660, 103)]);
    expect(after).toEqual([{ ...day, high: 107, low: 98, close: 103 }]);
    expect(extended([], 0, [bar(0, 1)])).toEqual([]);
  });
});
