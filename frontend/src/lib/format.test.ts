import { decimalsOfStrikes, decimalsOfTick, formatCount, formatNumber, formatPercent, formatSigned, formatStrike } from './format';

describe('numbers', () => {
  it.each([
    [0.25, 2], [0.01, 2], [1, 0], [5, 0], [0.0005, 4], [0.015625, 6], [0.1, 1], [0.00005, 5], [null, 2],
  ])('writes every multiple of tick %s with %s decimals', (tick, decimals) => {
    expect(decimalsOfTick(tick)).toBe(decimals);
  });
  it('groups thousands with a thin space from five digits on', () => {
    expect(formatNumber(1234.5, 1)).toBe('1234.5');
    expect(formatNumber(12345.678, 2)).toBe('12\u202f345.68');
    expect(formatNumber(1234567)).toBe('1\u202f234\u202f567');
  });
  it('uses a true minus and never a negative nothing', () => {
    expect(formatNumber(-3.5, 1)).toBe('\u22123.5');
    expect(formatNumber(-0.001, 2)).toBe('0.00');
    expect(formatSigned(0.001, 2)).toBe('0.00');
    expect(formatSigned(2, 1)).toBe('+2.0');
    expect(formatSigned(-2, 1)).toBe('\u22122.0');
  });
  it('turns fractions into percent', () => expect(formatPercent(0.1534)).toBe('15.3\u202f%'));
  it('shortens large counts', () => {
    expect(formatCount(9999)).toBe('9999');
    expect(formatCount(12345)).toBe('12.3\u202fk');
    expect(formatCount(999_600)).toBe('1.00\u202fM');
    expect(formatCount(1_234_567)).toBe('1.23\u202fM');
  });
  it('writes a strike without trailing zeros, and a column of them alike', () => {
    expect(formatStrike(75)).toBe('75');
    expect(formatStrike(75.5)).toBe('75.5');
    expect(formatStrike(0.0125)).toBe('0.0125');
    expect(decimalsOfStrikes([75, 75.5, 76])).toBe(1);
    expect(decimalsOfStrikes([4000, 4005])).toBe(0);
  });
});
