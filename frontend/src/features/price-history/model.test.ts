import { candlesOf, intervalOf } from './model';

const bar = (ts: string, close: number | null) => ({ ts, open: 1, high: 2, low: 0.5, close, volume: null, open_interest: null });

describe('candles', () => {
  it('takes whole bars only, at seconds since 1970', () => {
    expect(candlesOf({ items: [bar('2026-01-05T12:00:00Z', 1.5), bar('2026-01-05T12:01:00Z', null)] })).toEqual([
      { time: 1767614400, open: 1, high: 2, low: 0.5, close: 1.5, volume: null },
    ]);
  });
  it('falls back to minutes for an interval it does not know', () => {
    expect(intervalOf('1h')).toBe('1h');
    expect(intervalOf('7m')).toBe('1m');
    expect(intervalOf(null)).toBe('1m');
  });
});
