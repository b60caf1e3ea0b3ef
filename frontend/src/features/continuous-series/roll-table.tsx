'use client';

import { useMemo } from 'react';
import { formatNumber, formatSigned } from '@/lib/format';
import { formatDate } from '@/lib/time';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Missing } from '@/ui/hint';
import type { Roll } from './model';
import { rollReason, ruleWords } from './model';

/** Every roll of a series, the latest first, with the two prices that are of one moment. */
export function RollTable({ rolls, decimals }: { rolls: readonly Roll[]; decimals: number }) {
  const columns = useMemo((): Column<Roll>[] => {
    const number = (roll: Roll, value: number | null, write: (value: number) => string) => (value === null ? <Missing reason={rollReason(roll.status)} /> : write(value));
    return [
      { id: 'date', header: 'Date', accessorFn: (row) => row.date, meta: { align: 'left' }, cell: ({ row }) => formatDate(row.original.date) },
      { id: 'from', header: 'From', accessorFn: (row) => row.from, meta: { align: 'left' }, cell: ({ row }) => <span className="name">{row.original.from}</span> },
      { id: 'to', header: 'To', accessorFn: (row) => row.to, meta: { align: 'left' }, cell: ({ row }) => <span className="name font-medium">{row.original.to}</span> },
      { id: 'reason', header: 'Rule', accessorFn: (row) => row.reason, meta: { align: 'left' }, cell: ({ row }) => <span className="text-muted">{ruleWords(row.original.reason)}</span> },
      { id: 'left', header: 'Price left', accessorFn: (row) => row.from_price ?? -Infinity, cell: ({ row }) => number(row.original, row.original.from_price, (value) => formatNumber(value, decimals)) },
      { id: 'taken', header: 'Price taken', accessorFn: (row) => row.to_price ?? -Infinity, cell: ({ row }) => number(row.original, row.original.to_price, (value) => formatNumber(value, decimals)) },
      { id: 'gap', header: 'Gap', accessorFn: (row) => row.gap ?? -Infinity, meta: { hint: 'Price taken minus price left.' }, cell: ({ row }) => number(row.original, row.original.gap, (value) => formatSigned(value, decimals)) },
      { id: 'factor', header: 'Factor', accessorFn: (row) => row.factor ?? -Infinity, meta: { hint: 'Price taken over price left.' }, cell: ({ row }) => number(row.original, row.original.factor, (value) => formatNumber(value, 6)) },
    ];
  }, [decimals]);
  const rows = useMemo(() => [...rolls].reverse(), [rolls]);
  return <DataTable label="Rolls, the latest first" rows={rows} columns={columns} rowKey={(row) => `${row.ts} ${row.to}`} />;
}
