import { legWords, readLegs, withLeg, writeLegs } from './legs';

const CALL = 'ES-2026-12-18-6300-C';
const PUT = 'ES-2026-12-18-6100-P';

describe('legs gathered from the chain', () => {
  it('are written into the address and read back', () => {
    const legs = [
      { quantity: 1, symbol: CALL },
      { quantity: -2, symbol: PUT },
    ];
    expect(writeLegs(legs)).toBe(`+1:${CALL},-2:${PUT}`);
    expect(readLegs(writeLegs(legs))).toEqual(legs);
    expect(writeLegs([])).toBeNull();
    expect(readLegs(null)).toEqual([]);
    expect(readLegs('what')).toEqual([]);
  });
  it('add up by option, and are gone at nothing', () => {
    const one = withLeg([], { quantity: 1, symbol: CALL });
    expect(withLeg(one, { quantity: 1, symbol: CALL })).toEqual([{ quantity: 2, symbol: CALL }]);
    expect(withLeg(one, { quantity: -1, symbol: CALL })).toEqual([]);
    expect(withLeg(one, { quantity: -1, symbol: PUT })).toHaveLength(2);
  });
  it('are no more than a strategy may have', () => {
    const full = Array.from({ length: 20 }, (_, index) => ({ quantity: 1, symbol: `ES-2026-12-18-${6000 + index}-C` }));
    expect(withLeg(full, { quantity: 1, symbol: CALL })).toHaveLength(20);
  });
  it('are said in words', () => {
    expect(legWords({ quantity: -1, symbol: PUT }, 2026)).toBe('\u22121 6100 P 18 Dec');
  });
});
