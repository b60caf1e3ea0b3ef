import { chosenUnderlying, currentFirst, isHistory } from './history';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const item = (underlying: string, newest_ts: string, expiries = 1) => ({ underlying, newest_ts, expiries: Array.from({ length: expiries }) });

describe('history', () => {
  it('begins a week after the newest row', () => {
    expect(isHistory('2026-11-16T12:00:00Z', NOW)).toBe(false);
    expect(isHistory('2026-11-15T11:00:00Z', NOW)).toBe(true);
  });
  it('comes after what is fresh, and is what a page shows only when asked or alone', () => {
    const items = [item('AAA', '2019-08-01T10:00:00Z'), item('BBB', '2026-11-22T11:59:00Z'), item('CCC', '2026-11-22T11:59:00Z', 0)];
    expect(currentFirst(items, NOW).map((each) => each.underlying)).toEqual(['BBB', 'AAA', 'CCC']);
    expect(chosenUnderlying(items, null, NOW)?.underlying).toBe('BBB');
    expect(chosenUnderlying(items, 'AAA', NOW)?.underlying).toBe('AAA');
    expect(chosenUnderlying(items, 'ZZZ', NOW)).toBeUndefined();
    expect(chosenUnderlying(items.slice(0, 1), null, NOW)?.underlying).toBe('AAA');
  });
});
