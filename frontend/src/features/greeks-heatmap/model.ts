/** A strike × expiry matrix and its colours: pure. */

import type { Answer } from '@/api/client';
import { decimalsOfColumn, formatCount, formatNumber, formatSigned } from '@/lib/format';
import type { Shade } from '@/lib/ramp';
import { divergingShade, sequentialShade } from '@/lib/ramp';
import { extent, nearestIndex } from '@/lib/scale';

export type Heatmap = Answer<'/api/v1/options/{underlying}/heatmap'>;
export type Metric = Heatmap['metric'];
export type HeatmapSide = Heatmap['side'];

export const METRICS: ReadonlyArray<{ value: Metric; label: string; unit: string }> = [
  { value: 'iv', label: 'IV', unit: '% per year' },
  { value: 'delta', label: 'Delta', unit: 'per 1.00' },
  { value: 'gamma', label: 'Gamma', unit: 'per 1.00²' },
  { value: 'vega', label: 'Vega', unit: 'per volatility point' },
  { value: 'theta', label: 'Theta', unit: 'per calendar day' },
  { value: 'oi', label: 'Open interest', unit: 'contracts' },
  { value: 'volume', label: 'Volume', unit: 'contracts' },
  { value: 'change', label: 'IV change', unit: 'volatility points' },
];

const DIVERGING: ReadonlySet<Metric> = new Set<Metric>(['delta', 'theta', 'change']);

function finite(values: Heatmap['values']): number[] {
  return values.flat().filter((value): value is number => value !== null);
}

/** How this matrix is coloured: a diverging ramp where sign matters, else one from least to most. */
export function shader(heatmap: Pick<Heatmap, 'metric' | 'values'>): (value: number) => Shade {
  const values = finite(heatmap.values);
  const [low, high] = extent(values) ?? [0, 1];
  if (DIVERGING.has(heatmap.metric)) {
    const largest = Math.max(Math.abs(low), Math.abs(high));
    return (value) => divergingShade(value, largest);
  }
  return (value) => sequentialShade(value, low, high);
}

/** One way of writing for the whole matrix. */
export function cellWriter(heatmap: Pick<Heatmap, 'metric' | 'values'>): (value: number) => string {
  const { metric } = heatmap;
  if (metric === 'iv') return (value) => formatNumber(value * 100, 1);
  if (metric === 'change') return (value) => formatSigned(value * 100, 2);
  if (metric === 'oi' || metric === 'volume') return formatCount;
  if (metric === 'delta') return (value) => formatNumber(value, 2);
  const decimals = decimalsOfColumn(finite(heatmap.values));
  return (value) => formatNumber(value, decimals);
}

/** The ends of the ramp, for its legend. */
export function rampEnds(heatmap: Pick<Heatmap, 'metric' | 'values'>): [number, number] | null {
  const range = extent(finite(heatmap.values));
  if (!range || !DIVERGING.has(heatmap.metric)) return range;
  const largest = Math.max(Math.abs(range[0]), Math.abs(range[1]));
  return [-largest, largest];
}

/** Rows from the highest strike down, as a ladder is read. */
export function strikesDown(heatmap: Pick<Heatmap, 'strikes' | 'values'>): Array<{ strike: number; values: Array<number | null> }> {
  return heatmap.strikes.map((strike, index) => ({ strike, values: heatmap.values[index] ?? [] })).reverse();
}

/** For each expiry the strike nearest to its forward; null where the forward is not known. */
export function strikesAtTheMoney(heatmap: { strikes: readonly number[]; expiries: ReadonlyArray<{ forward: number | null }> }): Array<number | null> {
  return heatmap.expiries.map(({ forward }) => (forward === null ? null : (heatmap.strikes[nearestIndex(heatmap.strikes, forward)] ?? null)));
}
