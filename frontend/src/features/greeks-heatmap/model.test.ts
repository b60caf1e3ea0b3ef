import { cellWriter, rampEnds, shader, strikesAtTheMoney, strikesDown } from './model';

describe('the heatmap', () => {
  const iv = { metric: 'iv' as const, values: [[0.2, null], [0.4, 0.3]] };
  it('colours from least to most, and signs around zero', () => {
    expect(shader(iv)(0.2).background).toBe('rgb(68 1 84)');
    expect(shader(iv)(0.4).background).toBe('rgb(253 231 37)');
    const delta = { metric: 'delta' as const, values: [[-0.2, 0.8]] };
    expect(shader(delta)(0).background).toBe('rgb(242 244 247)');
    expect(rampEnds(delta)).toEqual([-0.8, 0.8]);
    expect(rampEnds(iv)).toEqual([0.2, 0.4]);
  });
  it('writes volatility in percent and counts short', () => {
    expect(cellWriter(iv)(0.2345)).toBe('23.4');
    expect(cellWriter({ metric: 'oi', values: [[12345]] })(12345)).toBe('12.3\u202fk');
    expect(cellWriter({ metric: 'change', values: [[0.01]] })(0.01)).toBe('+1.00');
  });
  it('puts high strikes on top', () => {
    expect(strikesDown({ strikes: [90, 100], values: [[1], [2]] })).toEqual([{ strike: 100, values: [2] }, { strike: 90, values: [1] }]);
  });
  it('frames the strike nearest to each forward', () => {
    expect(strikesAtTheMoney({ strikes: [90, 100, 110], expiries: [{ forward: 104 }, { forward: null }] })).toEqual([100, null]);
  });
  it('has no ends when nothing is known', () => expect(rampEnds({ metric: 'iv', values: [[null]] })).toBeNull());
});
