/** A volatility surface as a grid to be drawn, its slices and its flat twin: pure. */

import type { Answer } from '@/api/client';

export type Surface = Answer<'/api/v1/options/{underlying}/surface'>;
export type SurfaceExpiry = Surface['expiries'][number];
export type Cells = ReadonlyArray<ReadonlyArray<number | null>>;

export interface Slice {
  /** Which expiry, and which place on the axis of moneyness. */
  row: number;
  column: number;
}

/** Expiries that have at least two known places, with their volatilities. */
export function knownRows(surface: Surface): Array<{ expiry: SurfaceExpiry; iv: ReadonlyArray<number | null> }> {
  return surface.expiries.flatMap((expiry, index) => {
    const iv = surface.iv[index] ?? [];
    return iv.filter((value) => value !== null).length > 1 ? [{ expiry, iv }] : [];
  });
}

export interface Mesh {
  x: number[];
  y: number[];
  z: Array<Array<number | null>>;
  /** How many rows of the mesh there are from one expiry to the next. */
  parts: number;
}

/**
 * The grid to draw: time as the root of years, so that near expiries are not on top of each other, and rows between the
 * expiries linear in total variance.
 */
export function meshOf(surface: Surface, parts = 4): Mesh {
  const rows = knownRows(surface);
  const years = rows.map(({ expiry }) => Math.max(expiry.expiry_years, 1e-6));
  const y: number[] = [];
  const z: Array<Array<number | null>> = [];
  rows.forEach(({ iv }, index) => {
    const from = years[index] ?? 0;
    const to = years[index + 1];
    const next = rows[index + 1]?.iv;
    const steps = next === undefined ? 1 : parts;
    for (let step = 0; step < steps; step += 1) {
      const share = step / parts;
      const root = Math.sqrt(from) + (Math.sqrt(to ?? from) - Math.sqrt(from)) * share;
      y.push(root);
      z.push(iv.map((value, column) => (step === 0 ? value : between(value, from, next?.[column] ?? null, to ?? from, root * root))));
    }
  });
  return { x: surface.log_moneyness, y, z, parts };
}

function between(near: number | null, nearYears: number, far: number | null, farYears: number, years: number): number | null {
  if (near === null || far === null) return null;
  const share = (years - nearYears) / (farYears - nearYears);
  const total = near * near * nearYears * (1 - share) + far * far * farYears * share;
  return Math.sqrt(Math.max(0, total) / years);
}

/** The place in the middle: the money of the middle expiry. */
export function standardSlice(surface: Surface): Slice {
  const middle = nearest(surface.log_moneyness, 0);
  return { row: Math.floor(Math.max(0, knownRows(surface).length - 1) / 2), column: middle };
}

/** A slice that still exists in a surface that has changed. */
export function keptSlice(slice: Slice | null, surface: Surface): Slice {
  const rows = knownRows(surface).length;
  if (!slice) return standardSlice(surface);
  return { row: Math.min(slice.row, Math.max(0, rows - 1)), column: Math.min(slice.column, Math.max(0, surface.log_moneyness.length - 1)) };
}

export function nearest(values: readonly number[], wanted: number): number {
  return values.reduce((best, value, index) => (Math.abs(value - wanted) < Math.abs((values[best] ?? Infinity) - wanted) ? index : best), 0);
}

/** The smile through a slice: volatility over moneyness of one expiry. */
export function smileAt(surface: Surface, slice: Slice): Array<{ x: number; y: number }> {
  const iv = knownRows(surface)[slice.row]?.iv ?? [];
  return surface.log_moneyness.flatMap((k, column) => {
    const value = iv[column] ?? null;
    return value === null ? [] : [{ x: k, y: value }];
  });
}

/** The smile of an expiry in another surface. */
export function smileOf(surface: Surface, expiry: string): Array<{ x: number; y: number }> {
  const row = knownRows(surface).findIndex((each) => each.expiry.expiry === expiry);
  return row < 0 ? [] : smileAt(surface, { row, column: 0 });
}

/** The term structure through a slice: volatility over days at one moneyness. */
export function termAt(surface: Surface, slice: Slice): Array<{ x: number; y: number }> {
  return knownRows(surface).flatMap(({ expiry, iv }) => {
    const value = iv[slice.column] ?? null;
    return value === null ? [] : [{ x: expiry.dte, y: value }];
  });
}

/** ln(strike ÷ forward) as strike in percent of the forward. */
export const percentOfForward = (k: number): number => Math.exp(k) * 100;

/** Columns of the flat twin: few enough to be read, the money among them. */
export function flatColumns(surface: Surface, count = 13): number[] {
  const last = surface.log_moneyness.length - 1;
  if (last < count) return surface.log_moneyness.map((_, index) => index);
  return [...new Set(Array.from({ length: count }, (_, index) => Math.round((index * last) / (count - 1))))];
}

/** Rejected quotes counted by their reason, most first. */
export function rejections(surface: Surface): Array<{ status: string; count: number }> {
  const counts = new Map<string, number>();
  for (const { status } of surface.rejected) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count);
}

/** Ticks in whole percent of the forward, as places on the axis of moneyness. */
export function moneynessTicks(surface: Surface, count = 5): number[] {
  const low = percentOfForward(surface.log_moneyness[0] ?? 0);
  const high = percentOfForward(surface.log_moneyness.at(-1) ?? 0);
  const rough = (high - low) / count;
  const step = [0.5, 1, 2, 5, 10, 20, 25, 50, 100].find((each) => each >= rough) ?? 100;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}
