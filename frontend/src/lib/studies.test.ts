import { exponentialAverage, realisedVolatility, simpleAverage, summaryOf } from './studies';

const closes = [10, 11, 13, 12, 15, 14.5, 16];
const bars = closes.map((close, index) => ({ time: index * 86_400, open: close - 1, high: close + 1, low: close - 2, close, volume: index === 2 ? null : 10 * index, interest: null }));

describe('averages', () => {
  it('of the last closes equal their plain sums', () => {
    const plain = [2, 3, 4, 5, 6].map((at) => ({ time: at * 86_400, value: ((closes[at] as number) + (closes[at - 1] as number) + (closes[at - 2] as number)) / 3 }));
    simpleAverage(bars, 3).forEach((spot, index) => {
      expect(spot.time).toBe(plain[index]?.time);
      expect(spot.value).toBeCloseTo(plain[index]?.value ?? NaN, 12);
    });
    expect(simpleAverage(bars, 3)).toHaveLength(5);
    expect(simpleAverage(bars, 8)).toEqual([]);
  });

  it('that forget slowly weigh every close by its age', () => {
    // Length 3: weight one half. The first is (10 + 11 + 13) / 3.
    const first = 34 / 3;
    const second = (12 + first) / 2;
    const third = (15 + second) / 2;
    expect(exponentialAverage(bars, 3).slice(0, 3).map((spot) => spot.value)).toEqual([first, second, third].map((value) => expect.closeTo(value, 12)));
    expect(exponentialAverage(bars, 9)).toEqual([]);
  });
});

describe('the summary', () => {
  it('counts span, change and mean volume', () => {
    const summary = summaryOf(bars);
    expect(summary?.high).toEqual({ time: 6 * 86_400, value: 17 });
    expect(summary?.low).toEqual({ time: 0, value: 8 });
    expect(summary?.change).toBe(7);
    expect(summary?.changePart).toBeCloseTo(16 / 9 - 1, 12);
    expect(summary?.averageVolume).toBeCloseTo((0 + 10 + 30 + 40 + 50 + 60) / 6, 12);
    expect(summaryOf([])).toBeNull();
  });

  it('tells the movement of a year from squares of logarithms', () => {
    const up = Math.log(1.01);
    const daily = [1, 1.01, 1, 1.01].map((close, index) => ({ time: index * 86_400, close }));
    expect(realisedVolatility(daily)).toBeCloseTo(up * Math.sqrt(365), 12);
    expect(realisedVolatility(daily.slice(0, 2))).toBeNull();
    expect(realisedVolatility([...daily, { time: 5 * 86_400, close: -1 }])).toBeNull();
  });
});
