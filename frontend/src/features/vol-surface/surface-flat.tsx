'use client';

import { useRef } from 'react';
import { cx } from '@/lib/cx';
import { formatNumber, formatPercent } from '@/lib/format';
import { sequentialShade } from '@/lib/ramp';
import { extent } from '@/lib/scale';
import { formatDate, formatDay } from '@/lib/time';
import { useGridKeys } from '@/ui/use-grid-keys';
import type { Slice, Surface } from './model';
import { flatColumns, knownRows, percentOfForward } from './model';

interface SurfaceFlatProps {
  surface: Surface;
  slice: Slice;
  onSlice: (slice: Slice) => void;
  onOpenExpiry: (expiry: string) => void;
}

/** The surface as a table with colours: expiries down, moneyness across. */
export function SurfaceFlat({ surface, slice, onSlice, onOpenExpiry }: SurfaceFlatProps) {
  const table = useRef<HTMLTableElement>(null);
  const rows = knownRows(surface);
  const columns = flatColumns(surface);
  const [low, high] = extent(rows.flatMap(({ iv }) => iv.filter((value): value is number => value !== null))) ?? [0, 1];
  const onKeyDown = useGridKeys(table, { rows: rows.length, columns: columns.length });
  const year = new Date(surface.as_of).getUTCFullYear();
  return (
    <div className="card scroll-x self-start p-3">
      <table ref={table} role="grid" aria-label="Implied volatility by expiry and moneyness, percent" onKeyDown={onKeyDown} className="w-full border-separate border-spacing-px text-12">
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 z-10 bg-surface px-2 text-left font-medium text-muted">
              % of forward
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="h-8 min-w-[44px] px-1 text-center font-medium text-muted">
                {formatNumber(percentOfForward(surface.log_moneyness[column] ?? 0), 1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ expiry, iv }, row) => (
            <tr key={expiry.expiry}>
              <th scope="row" className="sticky left-0 z-10 whitespace-nowrap bg-surface px-2 text-left font-medium">
                {formatDay(expiry.expiry, year)} <span className="font-normal text-muted">{expiry.dte} d</span>
              </th>
              {columns.map((column, place) => {
                const value = iv[column] ?? null;
                const shade = value === null ? null : sequentialShade(value, low, high);
                const words = `${formatDate(expiry.expiry)}, ${formatNumber(percentOfForward(surface.log_moneyness[column] ?? 0), 1)} % of the forward: ${value === null ? 'not quoted' : formatPercent(value, 2)}`;
                return (
                  <td key={column} className="p-0">
                    <button
                      type="button"
                      data-row={row}
                      data-column={place}
                      tabIndex={row === 0 && place === 0 ? 0 : -1}
                      aria-label={words}
                      data-hint={words}
                      onFocus={() => onSlice({ row, column })}
                      onClick={() => onSlice({ row, column })}
                      onDoubleClick={() => onOpenExpiry(expiry.expiry)}
                      className={cx('h-8 w-full rounded-[3px] px-1 text-center', slice.row === row && slice.column === column && 'outline outline-2 outline-text')}
                      style={{ background: shade?.background, color: shade?.text }}
                    >
                      {value === null ? <span className="text-muted">·</span> : formatNumber(value * 100, 1)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
