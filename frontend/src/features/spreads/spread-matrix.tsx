'use client';

import { useMemo, useRef, useState } from 'react';
import { cx } from '@/lib/cx';
import { formatSigned } from '@/lib/format';
import { priceDecimals } from '@/lib/quote';
import { Flash } from '@/ui/flash';
import { useGridKeys } from '@/ui/use-grid-keys';
import type { Contract, Spread } from './model';
import { FIRST_SHOWN, MOST_SHOWN, spreadOf, troubles } from './model';

interface SpreadMatrixProps {
  /** Contracts that end some day, the nearest first. */
  contracts: readonly Contract[];
  tick: number | null;
  chosen: string | null;
  onOpen: (name: string) => void;
}

/** Each contract less each later one: the middle, and bid and ask below it. */
export function SpreadMatrix({ contracts, tick, chosen, onOpen }: SpreadMatrixProps) {
  const [wide, setWide] = useState(false);
  const shown = useMemo(() => contracts.slice(0, wide ? MOST_SHOWN : FIRST_SHOWN), [contracts, wide]);
  const most = Math.min(contracts.length, MOST_SHOWN);
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = useGridKeys(table, { rows: shown.length - 1, columns: shown.length - 1 });

  return (
    <figure className="card">
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2 text-12 text-muted">
        <span>Near contract, down, less far contract, across: the middle, with bid and ask below</span>
        {contracts.length > FIRST_SHOWN && (
          <button type="button" className="control ml-auto" onClick={() => setWide(!wide)}>
            {wide ? `First ${FIRST_SHOWN} months` : `All ${most} months`}
          </button>
        )}
      </figcaption>
      <div className="relative overflow-x-auto overscroll-x-contain">
        <table ref={table} role="grid" aria-label="Calendar spreads, near less far" onKeyDown={onKeyDown} className="w-full border-separate border-spacing-px text-13">
          <thead>
            <tr>
              <td className="sticky left-0 z-10 bg-surface" />
              {shown.slice(1).map((far) => (
                <th key={far.symbol} scope="col" className="name h-9 whitespace-nowrap px-2 text-center text-12 font-medium text-muted">
                  {far.symbol}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, -1).map((near, row) => (
              <tr key={near.symbol}>
                <th scope="row" className="name sticky left-0 z-10 whitespace-nowrap bg-surface px-3 text-left text-12 font-medium text-muted">
                  {near.symbol}
                </th>
                {shown.slice(1).map((far, column) => (
                  <td key={far.symbol} className="p-0">
                    {column >= row && <Cell spread={spreadOf('calendar', [near, far])} row={row} column={column} tick={tick} chosen={chosen} onOpen={onOpen} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

interface CellProps {
  spread: Spread;
  row: number;
  column: number;
  tick: number | null;
  chosen: string | null;
  onOpen: (name: string) => void;
}

function Cell({ spread, row, column, tick, chosen, onOpen }: CellProps) {
  const write = (value: number | null, kind: 'mid' | null) => (value === null ? '·' : formatSigned(value, priceDecimals(tick, kind)));
  const wrong = troubles(spread);
  // No number: an explanation stands still while the cell moves.
  const words = [spread.name, ...wrong].join('. ');
  return (
    <button
      type="button"
      data-row={row}
      data-column={column}
      tabIndex={row === 0 && column === 0 ? 0 : -1}
      aria-pressed={spread.name === chosen}
      data-hint={words}
      onClick={() => onOpen(spread.name)}
      className={cx('relative flex min-h-11 w-full min-w-[92px] flex-col items-center justify-center rounded-[3px] bg-raised px-2 py-1 hover:shadow-[inset_0_0_0_1px_rgb(var(--muted))]', spread.name === chosen && 'shadow-[inset_0_0_0_2px_rgb(var(--accent))]')}
    >
      <span className="sr-only">{spread.name}</span>
      <Flash value={spread.mid} text={write(spread.mid, 'mid')} className={cx('num font-medium', wrong.length > 0 && 'text-warn')} />
      <span className="num whitespace-nowrap text-12 text-muted">
        {write(spread.bid, null)} / {write(spread.ask, null)}
      </span>
    </button>
  );
}
