import { divergingShade, sequentialShade } from './ramp';

describe('ramps', () => {
  it('runs from dark violet to yellow, with text that can be read', () => {
    expect(sequentialShade(0, 0, 1)).toEqual({ background: 'rgb(68 1 84)', text: '#ffffff' });
    expect(sequentialShade(1, 0, 1)).toEqual({ background: 'rgb(253 231 37)', text: '#000000' });
  });
  it('is nearly white at zero and keeps its ends for the largest', () => {
    expect(divergingShade(0, 3).background).toBe('rgb(242 244 247)');
    expect(divergingShade(-3, 3).background).toBe('rgb(33 82 163)');
    expect(divergingShade(9, 3).background).toBe('rgb(179 88 6)');
  });
});
