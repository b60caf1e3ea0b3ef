'use client';

import { useMemo } from 'react';
import type { Bar } from '@/lib/bars';
import { formatCount, formatNumber } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Missing } from '@/ui/hint';
import type { Interval } from './model';
import { useBarWords } from './use-bar-words';

const MOST_ROWS = 100;

/** The candles as a table, the latest first. */
export function BarsTable({ bars, interval, decimals }: { bars: readonly Bar[]; interval: Interval; decimals: number }) {
  const { when } = useBarWords(interval);
  const rows = useMemo(() => bars.slice(-MOST_ROWS).reverse(), [bars]);
  const columns = useMemo((): Column<Bar>[] => {
    const count = (value: number | null, what: string) => (value === null ? <Missing reason={`The source reports no ${what}`} /> : formatCount(value));
    return [
      { id: 'time', header: 'Start', accessorFn: (row) => row.time, meta: { align: 'left' }, cell: ({ row }) => when(row.original.time) },
      ...(['open', 'high', 'low', 'close'] as const).map(
        (name): Column<Bar> => ({
          id: name,
          header: name.charAt(0).toUpperCase() + name.slice(1),
          accessorFn: (row) => row[name],
          cell: ({ row }) => formatNumber(row.original[name], decimals),
        }),
      ),
      { id: 'volume', header: 'Volume', accessorFn: (row) => row.volume ?? -1, meta: { hint: TERMS.volume }, cell: ({ row }) => count(row.original.volume, 'volume') },
      { id: 'interest', header: 'Open interest', accessorFn: (row) => row.interest ?? -1, meta: { hint: TERMS.open_interest }, cell: ({ row }) => count(row.original.interest, 'open interest') },
    ];
  }, [when, decimals]);
  return (
    <details className="text-13">
      <summary className="w-fit cursor-pointer text-muted hover:text-text">The same as a table{bars.length > MOST_ROWS && `, the latest ${MOST_ROWS} bars`}</summary>
      <div className="mt-3">
        <DataTable label="Candles as a table" rows={rows} rowKey={(row) => String(row.time)} columns={columns} />
      </div>
    </details>
  );
}
