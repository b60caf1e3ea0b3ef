import { describe, expect, it } from 'vitest';
import { black76, black76Greeks, normalBelow } from '@/lib/option-maths';
import figures from './valuation.fixture.json';
import type { Evaluation } from './valuation';
import { isComputedHere, profitAt, profitLine, readGrid } from './valuation';

/** Money of contracts of 100: a ten-thousandth of a cent. */
const TOLERANCE = 1e-6;
const CASES = Object.entries(figures).map(([name, { iv_shift, answer }]) => ({ name, ivShift: iv_shift, answer: answer as unknown as Evaluation }));

describe('profit computed in the browser', () => {
  it.each(CASES)('is the server’s: $name', ({ answer, ivShift }) => {
    expect(isComputedHere(answer)).toBe(true);
    answer.grid?.days.forEach((day, row) => {
      answer.grid?.prices.forEach((price, column) => {
        expect(Math.abs(profitAt(answer, price, day, ivShift) - (answer.grid?.pnl[row]?.[column] ?? NaN))).toBeLessThan(TOLERANCE);
      });
    });
  });

  it.each(CASES)('makes the same line at the horizon: $name', ({ answer, ivShift }) => {
    const line = profitLine(answer, answer.horizon?.days ?? 0, ivShift);
    line.forEach((value, index) => expect(Math.abs(value - (answer.grid?.at_horizon[index] ?? NaN))).toBeLessThan(TOLERANCE));
  });

  it('leaves American options to the server', () => {
    const american = structuredClone(CASES[0]!.answer);
    american.legs[0]!.model = 'bjerksund_stensland_2002';
    expect(isComputedHere(american)).toBe(false);
    const grid = american.grid!;
    expect(profitLine(american, grid.days[1]!, 0)).toEqual(grid.pnl[1]);
  });
});

describe('reading between the grid’s places', () => {
  const grid = { prices: [10, 20, 40], days: [0, 10], pnl: [[0, 10, 30], [10, 20, 40]], at_horizon: [] };
  it('goes straight between them and stays at the ends', () => {
    expect(readGrid(grid, 15, 0)).toBe(5);
    expect(readGrid(grid, 30, 5)).toBe(25);
    expect(readGrid(grid, 5, -1)).toBe(0);
    expect(readGrid(grid, 99, 99)).toBe(40);
  });
});

describe('the formulas', () => {
  it('know the normal law to the last digits', () => {
    expect(normalBelow(0)).toBeCloseTo(0.5, 15);
    expect(normalBelow(1.96)).toBeCloseTo(0.9750021048517795, 14);
    expect(normalBelow(-8)).toBeCloseTo(6.220960574271785e-16, 22);
    expect(normalBelow(40)).toBe(1);
  });

  it('keep put-call parity and are worth exercising at the end', () => {
    const option = { isCall: true, forward: 103, strike: 98, years: 0.4, vol: 0.3, rate: 0.05 };
    expect(black76(option) - black76({ ...option, isCall: false })).toBeCloseTo(Math.exp(-0.02) * 5, 12);
    expect(black76({ ...option, years: 0 })).toBe(5);
    expect(black76({ ...option, years: 0, isCall: false })).toBe(0);
  });

  it('have the derivatives that differences give', () => {
    const option = { isCall: false, forward: 103, strike: 98, years: 0.4, vol: 0.3, rate: 0.05 };
    const found = black76Greeks(option);
    const slope = (name: 'forward' | 'vol' | 'years' | 'rate', step: number) =>
      (black76({ ...option, [name]: option[name] + step }) - black76({ ...option, [name]: option[name] - step })) / (2 * step);
    expect(found.delta).toBeCloseTo(slope('forward', 1e-4), 7);
    expect(found.vega).toBeCloseTo(slope('vol', 1e-5) / 100, 7);
    expect(found.theta).toBeCloseTo(-slope('years', 1e-5) / 365, 7);
    expect(found.rho).toBeCloseTo(slope('rate', 1e-5) / 100, 7);
    const bend = (black76({ ...option, forward: 103.01 }) + black76({ ...option, forward: 102.99 }) - 2 * black76(option)) / 1e-4;
    expect(found.gamma).toBeCloseTo(bend, 5);
  });
});
