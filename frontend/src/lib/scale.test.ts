import { extent, linearScale, nearestIndex, niceTicks, padded } from './scale';

describe('axes', () => {
  it('puts values where they belong and back', () => {
    const scale = linearScale(0, 10, 100, 200);
    expect(scale.place(5)).toBe(150);
    expect(scale.value(150)).toBe(5);
  });
  it('stands a single value in the middle', () => expect(linearScale(5, 5, 0, 100).place(5)).toBeCloseTo(50));
  it('writes round numbers inside the domain', () => {
    expect(niceTicks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    const ticks = niceTicks(69.3, 74.1, 4);
    expect(ticks.every((tick) => tick >= 69.3 && tick <= 74.1)).toBe(true);
    expect(ticks.length).toBeGreaterThan(2);
    expect(niceTicks(3, 3, 4)).toEqual([3]);
  });
  it('finds extents, and none of nothing', () => {
    expect(extent([3, 1, 2])).toEqual([1, 3]);
    expect(extent([])).toBeNull();
    expect(padded([1, 1])[0]).toBeLessThan(1);
  });
  it('finds the nearest entry', () => {
    expect(nearestIndex([1, 5, 9], 6)).toBe(1);
    expect(nearestIndex([], 6)).toBe(-1);
  });
});
