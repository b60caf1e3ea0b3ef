'use client';

import { useMemo } from 'react';
import SurfaceView from '@/charts/surface-view';
import { formatNumber, formatPercent } from '@/lib/format';
import type { Slice, Surface } from './model';
import { knownRows, meshOf, moneynessTicks } from './model';

interface SurfaceTurnedProps {
  surface: Surface;
  slice: Slice;
  onSlice: (slice: Slice) => void;
}

/** The surface in three dimensions; its rows are the expiries and some between them. */
export default function SurfaceTurned({ surface, slice, onSlice }: SurfaceTurnedProps) {
  const mesh = useMemo(() => meshOf(surface), [surface]);
  const xTicks = useMemo(() => moneynessTicks(surface).map((percent) => ({ at: Math.log(percent / 100), text: `${formatNumber(percent, percent % 1 ? 1 : 0)} %` })), [surface]);
  const yTicks = useMemo(() => apart(knownRows(surface).map(({ expiry }) => ({ at: Math.sqrt(Math.max(expiry.expiry_years, 1e-6)), text: `${expiry.dte} d` }))), [surface]);
  return (
    <div className="card p-4">
      <SurfaceView
        label={`Volatility surface of ${surface.underlying}`}
        grid={mesh}
        xTicks={xTicks}
        yTicks={yTicks}
        xTitle="Strike, % of forward"
        yTitle="Days"
        formatZ={(z) => formatPercent(z, 1)}
        height={560}
        slice={{ row: slice.row * mesh.parts, column: slice.column }}
        onSlice={({ row, column }) => onSlice({ row: Math.round(row / mesh.parts), column })}
      />
      <p className="pt-2 text-12 text-muted">Drag to turn. The pointer, or the lists beside, choose the slice. Between expiries the surface is linear in total variance.</p>
    </div>
  );
}

/** Ticks far enough apart for their words. */
function apart(ticks: ReadonlyArray<{ at: number; text: string }>): Array<{ at: number; text: string }> {
  const span = (ticks.at(-1)?.at ?? 0) - (ticks[0]?.at ?? 0);
  const kept: Array<{ at: number; text: string }> = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (!last || tick.at - last.at > span * 0.09) kept.push(tick);
  }
  return kept;
}
