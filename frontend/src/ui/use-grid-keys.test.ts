import { placeAfter } from './use-grid-keys';

const size = { rows: 5, columns: 3, page: 4 };

describe('walking a grid', () => {
  it('moves by one and stops at the edges', () => {
    expect(placeAfter('ArrowDown', false, { row: 0, column: 1 }, size)).toEqual({ row: 1, column: 1 });
    expect(placeAfter('ArrowUp', false, { row: 0, column: 1 }, size)).toEqual({ row: 0, column: 1 });
    expect(placeAfter('ArrowRight', false, { row: 0, column: 2 }, size)).toEqual({ row: 0, column: 2 });
  });
  it('moves by pages and to the ends', () => {
    expect(placeAfter('PageDown', false, { row: 2, column: 0 }, size)).toEqual({ row: 4, column: 0 });
    expect(placeAfter('End', false, { row: 2, column: 0 }, size)).toEqual({ row: 2, column: 2 });
    expect(placeAfter('Home', true, { row: 2, column: 2 }, size)).toEqual({ row: 0, column: 0 });
  });
  it('leaves other keys alone', () => expect(placeAfter('g', false, { row: 0, column: 0 }, size)).toBeNull());
});
