'use client';

import { useMemo } from 'react';
import { formatCount, formatNumber } from '@/lib/format';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Missing } from '@/ui/hint';
import type { Continuous } from './model';

type Row = Continuous['items'][number];
const MOST_ROWS = 100;

interface SeriesTableProps {
  items: readonly Row[];
  when: (time: number) => string;
  decimals: number;
}

/** The series as a table, the latest first: adjusted prices beside the one that traded. */
export function SeriesTable({ items, when, decimals }: SeriesTableProps) {
  const rows = useMemo(() => items.slice(-MOST_ROWS).reverse(), [items]);
  const columns = useMemo((): Column<Row>[] => {
    const price = (value: number | null, reason: string) => (value === null ? <Missing reason={reason} /> : formatNumber(value, decimals));
    return [
      { id: 'time', header: 'Start', accessorFn: (row) => row.ts, meta: { align: 'left' }, cell: ({ row }) => when(Date.parse(row.original.ts) / 1000) },
      { id: 'contract', header: 'Contract', accessorFn: (row) => row.contract, meta: { align: 'left' }, cell: ({ row }) => <span className="name">{row.original.contract}</span> },
      { id: 'close', header: 'Close', accessorFn: (row) => row.close ?? -Infinity, meta: { hint: 'As adjusted.' }, cell: ({ row }) => price(row.original.close, 'A roll after it cannot be bridged') },
      { id: 'traded', header: 'As traded', accessorFn: (row) => row.unadjusted_close ?? -Infinity, meta: { hint: 'The close of the contract itself.' }, cell: ({ row }) => price(row.original.unadjusted_close, 'No close is stored') },
      { id: 'volume', header: 'Volume', accessorFn: (row) => row.volume ?? -1, cell: ({ row }) => (row.original.volume === null ? <Missing reason="The source reports no volume" /> : formatCount(row.original.volume)) },
      { id: 'interest', header: 'Open interest', accessorFn: (row) => row.open_interest ?? -1, cell: ({ row }) => (row.original.open_interest === null ? <Missing reason="The source reports no open interest" /> : formatCount(row.original.open_interest)) },
    ];
  }, [when, decimals]);
  return (
    <details className="text-13">
      <summary className="w-fit cursor-pointer text-muted hover:text-text">The same as a table{items.length > MOST_ROWS && `, the latest ${MOST_ROWS} bars`}</summary>
      <div className="mt-3">
        <DataTable label="Series as a table" rows={rows} rowKey={(row) => row.ts} columns={columns} />
      </div>
    </details>
  );
}
