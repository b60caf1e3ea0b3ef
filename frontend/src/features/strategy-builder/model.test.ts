import { describe, expect, it } from 'vitest';
import { cautionOf, costWords, dayWords, daysShown, extremeWords, labelAnchors, legWords, lossWords, moneyWords, questionOf, reasonOf, spread, strategyWords, tableOf, turned, withAdded, withLeg, withoutLeg, writeGreek } from './model';
import type { EvaluatedLeg } from './valuation';

const CALL = { quantity: 1, symbol: 'CL-2026-03-17-75-C' };
const PUT = { quantity: -2, symbol: 'CL-2026-03-17-70.5-P', price: 1.2 };
const leg = (values: Partial<EvaluatedLeg>) => ({ status: 'ok', iv_source: 'quote', entry_source: 'mark', ...values }) as EvaluatedLeg;

describe('a leg', () => {
  it('is a sentence', () => {
    expect(legWords(CALL)).toBe('Buy 1 CL 17 Mar 75 call');
    expect(legWords(PUT)).toBe('Sell 2 CL 17 Mar 70.5 put');
    expect(legWords({ quantity: 1, symbol: 'CL-2026-04' })).toBe('Buy 1 CL-2026-04');
    expect(strategyWords([CALL, PUT])).toBe('+1 75 C · −2 70.5 P');
    expect(strategyWords([CALL, { quantity: -1, symbol: 'CL-2026-04-16-75-C' }])).toBe('+1 17 Mar 75 C · −1 16 Apr 75 C');
  });

  it('is changed, added up and taken away without touching the others', () => {
    const legs = [CALL, PUT];
    expect(withLeg(legs, 0, { quantity: 3.7 })[0]).toEqual({ ...CALL, quantity: 3 });
    expect(withLeg(legs, 0, { quantity: NaN })[0]?.quantity).toBe(1);
    expect(withLeg(legs, 1, { price: undefined })[1]).toEqual({ quantity: -2, symbol: PUT.symbol });
    expect(withAdded(legs, { ...CALL, quantity: 2 })[0]?.quantity).toBe(3);
    expect(withAdded(legs, { ...CALL, quantity: -1 })).toEqual([PUT]);
    expect(withAdded(legs, { ...CALL, price: 2 })).toHaveLength(3);
    expect(withAdded(Array.from({ length: 20 }, (_, at) => ({ ...CALL, price: at })), CALL)).toHaveLength(20);
    expect(withoutLeg(legs, 0)).toEqual([PUT]);
    expect(turned(legs).map((each) => each.quantity)).toEqual([-1, 2]);
    expect(legs).toEqual([CALL, PUT]);
  });

  it('says why it has no numbers, and what to be careful about', () => {
    expect(reasonOf(leg({}))).toBeNull();
    expect(reasonOf(leg({ status: 'no_price', entry_source: 'bid' }))).toMatch(/^No bid/);
    expect(reasonOf(leg({ status: 'expired' }))).toMatch(/^Expired/);
    expect(cautionOf(leg({ status: 'wide' }))).toMatch(/too far apart/);
    expect(cautionOf(leg({ status: 'no_quote', iv_source: 'smile' }))).toMatch(/strikes beside/);
    expect(cautionOf(leg({}))).toBeNull();
  });
});

describe('the question', () => {
  it('opens legs without a price at the entry, and holds the day looked at', () => {
    const question = questionOf([CALL, PUT], 'market', { price: 0.01, iv: 0.02, days: 3 }, undefined, 21);
    expect(question.legs.map((each) => each.price)).toEqual(['market', 1.2]);
    expect(question.grid?.days).toEqual([0, 3, 6, 9, 12, 15, 18, 21]);
    expect(daysShown(21, 4)).toContain(4);
    expect(daysShown(21, 99).at(-1)).toBe(21);
    expect(questionOf([CALL], 'mark', { price: 0, iv: 0, days: 0 }, undefined, null).grid?.days).toBeNull();
  });
});

describe('figures in words', () => {
  it('name the side of money', () => {
    expect(costWords(-310, 'USD')).toEqual({ label: 'You receive', value: '310.00 USD' });
    expect(costWords(12_345, 'USD')).toEqual({ label: 'You pay', value: '12\u202f345 USD' });
    expect(extremeWords({ amount: null, unlimited: true, at: null }, 'USD')).toBe('Unlimited');
    expect(extremeWords({ amount: -690, unlimited: false, at: 80 }, 'USD')).toBe('−690.00 USD');
    expect(lossWords({ amount: 98.5, unlimited: false, at: 1 }, 'USD')).toBe('None: at least +98.50 USD');
    expect(lossWords({ amount: null, unlimited: true, at: null }, 'USD')).toBe('Unlimited');
    expect(moneyWords(5, null, true)).toBe('+5.00');
  });

  it('tell days from the start', () => {
    expect(dayWords('2026-03-02T15:30:00Z', 0)).toBe('now');
    expect(dayWords('2026-03-02T15:30:00Z', 5)).toBe('7 Mar');
  });
});

describe('the table twin', () => {
  it('takes some of the prices, highest first, both ends among them', () => {
    const grid = { prices: [1, 2, 3, 4, 5], days: [0, 1], pnl: [[1, 2, 3, 4, 5], [10, 20, 30, 40, 50]], at_horizon: [] };
    const table = tableOf(grid, { prices: 3, days: 8 });
    expect(table.prices).toEqual([
      { price: 5, values: [5, 50] },
      { price: 3, values: [3, 30] },
      { price: 1, values: [1, 10] },
    ]);
    expect(table.days).toEqual([0, 1]);
    expect(spread(3, 9)).toEqual([0, 1, 2]);
  });
});

describe('what is written', () => {
  it('of neighbours that are close goes apart', () => {
    expect(labelAnchors([10, 50, 300], 60)).toEqual(['end', 'start', 'middle']);
    expect(labelAnchors([10, 200], 60)).toEqual(['middle', 'middle']);
    expect(labelAnchors([], 60)).toEqual([]);
  });

  it('of a Greek has four figures, and of a small one no more than fits', () => {
    expect(writeGreek(41.253)).toBe('+41.25');
    expect(writeGreek(-0.04721)).toBe('−0.04721');
    expect(writeGreek(0.0002292)).toBe('+0.000229');
    expect(writeGreek(-0.0000331)).toBe('−0.000033');
    expect(writeGreek(0.0000000412)).toBe('+0.00000004');
  });
});
