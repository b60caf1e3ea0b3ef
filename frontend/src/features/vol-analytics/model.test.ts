import type { Analytics, ExpiryAnalytics } from './model';
import { barsOf, definition, formatAmount, reasonWords, skewToken } from './model';

const all = { strike: [80, 90, 100, 110, 120], call_oi: [0, 1, 2, 3, 0], put_oi: [0, 3, 2, 0, 0], call_volume: [0, 0, 5, 0, 0], put_volume: [0, 0, 0, 0, 0], call_gex: [0, 10, 20, null, 0], put_gex: [0, -30, -20, null, 0] };

describe('the analytics', () => {
  it('leaves out empty ends, and keeps the strikes nearest to the forward', () => {
    expect(barsOf('oi', null, all, 101).map((bar) => bar.x)).toEqual([90, 100, 110]);
    expect(barsOf('oi', null, all, 101, 2)).toEqual([{ x: 100, first: 2, second: 2 }, { x: 110, first: 3, second: 0 }]);
    expect(barsOf('volume', null, all, null)).toEqual([{ x: 100, first: 5, second: 0 }]);
    expect(barsOf('gex', null, all, 100).at(-1)).toEqual({ x: 100, first: 20, second: -20 });
  });
  it('takes pain from one expiry only', () => {
    const expiry = { strikes: { ...all, call_pain: [0, 1, 2, 3, 4], put_pain: [9, 8, 7, 6, 5] } } as unknown as ExpiryAnalytics;
    expect(barsOf('pain', expiry, all, 100)).toHaveLength(5);
    expect(barsOf('pain', null, all, 100).every((bar) => bar.first === null)).toBe(true);
  });
  it('says which side is dearer', () => {
    expect(skewToken(-0.0886)).toBe('8.86 P');
    expect(skewToken(0.01)).toBe('1.00 C');
    expect(skewToken(0.00001)).toBe('level');
  });
  it('writes large amounts short, with their sign', () => {
    expect([-957_341_067, 17_451_974, 25_000, 0].map(formatAmount)).toEqual(['\u2212957 M', '+17.5 M', '+25 k', '0']);
    expect(formatAmount(2.5e9)).toBe('+2.50 bn');
  });
  it('has words for every reason, and a definition for every formula', () => {
    expect(reasonWords('too_few_days')).toContain('20');
    expect(reasonWords('something new')).toBe('Not known');
    const analytics = { formulas: { max_pain: { formula: 'the strike', meaning: 'Where.', source: 'Somebody' } } } as unknown as Analytics;
    expect(definition(analytics, 'max_pain')).toBe('Where. The strike. Somebody.');
    expect(definition(analytics, 'other')).toBe('');
  });
});
