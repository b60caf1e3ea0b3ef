import { along, nearestOf, patches, projector, refined, STANDARD_VIEW, turned } from './surface-geometry';

const flat = { turn: 0, tilt: 0.05, zoom: 1 };

describe('a surface seen from an angle', () => {
  it('puts the middle in the middle, right to the right, high up high, far behind near', () => {
    const place = projector(flat, 300, 200);
    const middle = place({ x: 0, y: 0, z: 0.5 });
    expect([middle.x, middle.y]).toEqual([150, 100]);
    expect(place({ x: 1, y: 0, z: 0.5 }).x).toBeGreaterThan(150);
    expect(place({ x: 0, y: 0, z: 1 }).y).toBeLessThan(100);
    expect(place({ x: 0, y: 1, z: 0.5 }).depth).toBeGreaterThan(place({ x: 0, y: -1, z: 0.5 }).depth);
  });
  it('leaves room for words beside the floor, also on a narrow screen', () => {
    for (const width of [280, 330, 1200]) {
      const place = projector({ ...STANDARD_VIEW, turn: Math.PI / 4 }, width, 560);
      const across = [-1, 1].flatMap((x) => [-1, 1].map((y) => place({ x, y, z: 0 }).x));
      expect(Math.min(...across)).toBeGreaterThan(40);
      expect(Math.max(...across)).toBeLessThan(width - 40);
    }
  });
  it('comes back after a whole turn, and the eye stays above the floor', () => {
    const around = Array.from({ length: 8 }).reduce<typeof STANDARD_VIEW>((view) => turned(view, { turn: Math.PI / 4 }), STANDARD_VIEW);
    expect(around.turn).toBeCloseTo(STANDARD_VIEW.turn);
    expect(turned(STANDARD_VIEW, { tilt: -9 }).tilt).toBe(0.05);
    expect(turned(STANDARD_VIEW, { tilt: 9 }).tilt).toBe(1.45);
    expect(turned(STANDARD_VIEW, { zoom: 99 }).zoom).toBe(2.5);
  });
  it('paints the farthest first and leaves holes where something is unknown', () => {
    const place = projector(flat, 300, 200);
    const values = [[1, 2, null], [3, 4, 5], [5, 6, 7]];
    const placed = values.map((row, y) => row.map((value, x) => (value === null ? null : place({ x: x - 1, y: y - 1, z: 0.5 }))));
    const found = patches(placed, values);
    expect(found.map((each) => each.value)).toEqual([4.5, 5.5, 2.5]);
    expect(found[0]?.depth).toBeGreaterThan(found[2]?.depth ?? Infinity);
  });
  it('finds the point under the pointer, and none far from it', () => {
    const placed = [[{ x: 10, y: 10, depth: 0 }, null], [{ x: 60, y: 10, depth: 0 }, { x: 90, y: 90, depth: 0 }]];
    expect(nearestOf(placed, 58, 12)).toEqual({ row: 1, column: 0 });
    expect(nearestOf(placed, 500, 500)).toBeNull();
  });
  it('spreads an axis from end to end', () => {
    expect([2, 3, 4].map(along([2, 3, 4]))).toEqual([-1, 0, 1]);
    expect(along([5])(5)).toBe(0);
  });
  it('mixes rows between rows, but not with the unknown', () => {
    const mixed = refined([[1, null], [3, 4]], 2, (_, share, from, to) => from + (to - from) * share);
    expect(mixed).toEqual([[1, null], [2, null], [3, 4]]);
  });
});
