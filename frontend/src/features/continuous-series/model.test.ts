import { candlesOf, exportAddress, movedBy, rollMarks, rollReason, ruleWords } from './model';

const row = (ts: string, contract: string, close: number | null, open: number | null = null) => ({ ts, contract, open, high: null, low: null, close, volume: null, open_interest: null, unadjusted_close: close });

describe('the continuous series', () => {
  it('draws a close alone as a candle of one price and leaves gaps out', () => {
    const candles = candlesOf({ items: [row('2026-01-05T00:00:00Z', 'A', 5), row('2026-01-06T00:00:00Z', 'A', null)] });
    expect(candles).toEqual([{ time: 1767571200, open: 5, high: 5, low: 5, close: 5, volume: null, contract: 'A' }]);
  });
  it('marks the first candle of each new contract', () => {
    const candles = candlesOf({ items: [row('2026-01-05T00:00:00Z', 'A', 5), row('2026-01-06T00:00:00Z', 'B', 6), row('2026-01-07T00:00:00Z', 'B', 6)] });
    expect(rollMarks(candles)).toEqual([{ time: 1767657600, text: 'roll' }]);
  });
  it('puts rules and reasons in words', () => {
    expect(ruleWords('oi')).toBe('Open interest');
    expect(ruleWords('expiry')).toBe('Expiry');
    expect(rollReason('no_overlap')).toMatch(/share no price/);
  });
  it('tells by how much the earliest prices are moved', () => {
    const rolls = [{ gap: 1.5, factor: 1.1 }, { gap: -0.5, factor: 0.9 }];
    expect(movedBy(rolls, 'difference')).toBeCloseTo(1, 12);
    expect(movedBy(rolls, 'ratio')).toBeCloseTo(0.99, 12);
    expect(movedBy(rolls, 'none')).toBe(0);
    expect(movedBy([...rolls, { gap: null, factor: null }], 'difference')).toBeNull();
  });
  it('is asked for as a file with the same question', () => {
    const question = { root: 'CL', rank: 2, roll: 'volume' as const, adjust: 'ratio' as const, source: 'lean' };
    expect(exportAddress('continuous', 'csv', question)).toBe('/api/v1/futures/CL/continuous?rank=2&roll=volume&adjust=ratio&source=lean&format=csv');
    expect(exportAddress('rolls', 'parquet', { ...question, asOf: '2026-01-01T00:00:00Z' })).toBe('/api/v1/futures/CL/rolls?rank=2&roll=volume&source=lean&as_of=2026-01-01T00%3A00%3A00Z&format=parquet');
  });
});
