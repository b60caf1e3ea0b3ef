'use client';

import { LineChart } from '@/charts/line-chart';
import { seriesColour } from '@/charts/theme';
import { formatNumber, formatPercent, formatStrike } from '@/lib/format';
import { formatDate, formatDay } from '@/lib/time';
import { Choose } from '@/ui/choose';
import type { Slice, Surface } from './model';
import { knownRows, nearest, percentOfForward, smileAt, smileOf, termAt } from './model';

interface SurfaceSlicesProps {
  surface: Surface;
  /** The surface through the quotes, drawn beside a fitted one. */
  quotes: Surface | null;
  slice: Slice;
  onSlice: (slice: Slice) => void;
  onOpenExpiry: (expiry: string) => void;
}

/** What the surface says where it is looked at: one smile and one term structure through that point. */
export function SurfaceSlices({ surface, quotes, slice, onSlice, onOpenExpiry }: SurfaceSlicesProps) {
  const rows = knownRows(surface);
  const expiry = rows[slice.row]?.expiry;
  const k = surface.log_moneyness[slice.column] ?? 0;
  const iv = rows[slice.row]?.iv[slice.column] ?? null;
  const strike = expiry?.forward ? expiry.forward * Math.exp(k) : null;
  if (!expiry) return null;
  const year = new Date(surface.as_of).getUTCFullYear();
  const percent = `${formatNumber(percentOfForward(k), 1)} %`;
  const days = rows.map((row) => row.expiry.dte);
  const term = termAt(surface, slice);
  return (
    <div className="flex flex-col gap-4" role="group" aria-label="Slice of the surface">
      <div className="flex flex-wrap items-center gap-3">
        <Choose label="Expiry" choices={rows.map(({ expiry: each }, row) => ({ value: String(row), label: `${formatDate(each.expiry)} · ${each.dte} d` }))} value={String(slice.row)} onChange={(row) => onSlice({ ...slice, row: Number(row) })} />
        <label className="inline-flex items-center gap-2 text-13 text-muted">
          Moneyness
          <input
            type="range"
            min={0}
            max={surface.log_moneyness.length - 1}
            value={slice.column}
            aria-valuetext={`${percent} of the forward`}
            onChange={(event) => onSlice({ ...slice, column: Number(event.target.value) })}
            className="w-32 accent-[rgb(var(--accent))]"
          />
        </label>
      </div>
      <p className="text-13" data-testid="slice" aria-live="polite">
        <span className="text-20 font-semibold">{iv === null ? 'Not quoted' : formatPercent(iv, 2)}</span>{' '}
        <span className="text-muted">
          at {percent} of the forward{strike !== null && ` (${formatStrike(Number(strike.toPrecision(6)))})`}, {formatDay(expiry.expiry, year)}, {expiry.dte} days
        </span>{' '}
        <button type="button" className="text-accent underline-offset-2 hover:underline" onClick={() => onOpenExpiry(expiry.expiry)}>
          Open its chain
        </button>
      </p>
      <div className="card p-3">
        <LineChart
          label={`Smile of ${formatDate(expiry.expiry)}`}
          series={[
            { key: 'smile', label: `${quotes ? 'Fitted smile' : 'Smile'}, ${formatDay(expiry.expiry, year)}`, colour: seriesColour(0), points: smileAt(surface, slice), style: 'line' },
            ...(quotes ? [{ key: 'quotes', label: 'Through the quotes', colour: seriesColour(1), points: smileOf(quotes, expiry.expiry), style: 'points' as const }] : []),
          ]}
          height={200}
          formatX={(x) => `${formatNumber(percentOfForward(x), 0)} %`}
          formatY={(y) => formatPercent(y, 1)}
          markX={{ x: 0, label: 'forward' }}
          focusX={iv === null ? null : k}
          onFocusX={(x) => x !== null && onSlice({ ...slice, column: nearest(surface.log_moneyness, x) })}
          readout={(x) => <span>{formatNumber(percentOfForward(x), 1)} %</span>}
        />
      </div>
      <div className="card p-3">
        {term.length > 1 ? (
          <LineChart
            label={`Term structure at ${percent} of the forward`}
            series={[{ key: 'term', label: `Term structure at ${percent}`, colour: seriesColour(1), points: term }]}
            height={200}
            formatX={(x) => `${formatNumber(x)} d`}
            formatY={(y) => formatPercent(y, 1)}
            focusX={iv === null ? null : expiry.dte}
            onFocusX={(x) => x !== null && onSlice({ ...slice, row: nearest(days, x) })}
            readout={(x) => <span>{formatNumber(x)} days</span>}
          />
        ) : (
          <p className="py-8 text-center text-13 text-muted">Only one expiry is quoted at {percent} of its forward.</p>
        )}
      </div>
    </div>
  );
}
