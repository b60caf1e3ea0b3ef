import type { Contract } from './model';
import { decimalsFor, largestOpenInterest } from './model';

describe('a product', () => {
  it('writes traded prices by the tick and middles by half of it', () => {
    expect(decimalsFor(0.01, 'traded')).toBe(2);
    expect(decimalsFor(0.01, 'middle')).toBe(3);
    expect(decimalsFor(null, 'middle')).toBe(2);
  });
  it('measures bars by the largest open interest', () => {
    const contract = (open_interest: number | null) => ({ quote: { open_interest } }) as Contract;
    expect(largestOpenInterest([contract(3), contract(null), contract(8)])).toBe(8);
    expect(largestOpenInterest([])).toBe(0);
  });
});
