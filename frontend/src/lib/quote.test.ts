import { kindWords, priceDecimals, writeChange, writePrice } from './quote';

describe('a price as it is written', () => {
  it('has the decimals of its tick, and a middle those of half a tick', () => {
    expect(priceDecimals(0.25, 'last')).toBe(2);
    expect(priceDecimals(0.25, 'mid')).toBe(3);
    expect(writePrice({ price: 5672.125, price_kind: 'mid' }, 0.25)).toBe('5672.125');
    expect(writeChange({ price: 5672, price_kind: 'last', change: -1.5 }, 0.25)).toBe('\u22121.50');
  });

  it('is nothing where there is none', () => {
    expect(writePrice({ price: null, price_kind: null }, 0.25)).toBeNull();
    expect(writeChange({ price: 1, price_kind: 'last', change: null }, 0.25)).toBeNull();
    expect(kindWords(null)).toBe('No price');
  });
});
