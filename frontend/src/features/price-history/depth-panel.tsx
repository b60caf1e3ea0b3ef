'use client';

import { useMemo } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { formatCount, formatNumber } from '@/lib/format';
import { formatDate, formatInstant } from '@/lib/time';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Failure } from '@/ui/failure';
import { Explained, Missing } from '@/ui/hint';
import { useZone } from '@/ui/preferences';
import { SkeletonRows } from '@/ui/skeleton';
import { SourceTag } from '@/ui/source-tag';
import type { Stored } from './model';
import { intervalWords } from './model';

/** How much is stored of a contract: by source and length of a bar, with what is missing in between. */
export function DepthPanel({ symbol }: { symbol: string }) {
  const { asOf, every } = useAsOf();
  const depth = useGet('/api/v1/instruments/{symbol}/depth', { path: { symbol }, query: { as_of: asOf } }, { every: every(POLL_MS.slow), keep: false });
  return (
    <section aria-label="What is stored" className="flex flex-col gap-3">
      <h2 className="text-14 font-semibold">
        <Explained hint="Rows of this contract in the store, whatever source they came from. Lengths that are not stored are built of shorter ones.">What is stored</Explained>
      </h2>
      {depth.state === 'loading' && <SkeletonRows rows={3} label="The list of what is stored is on its way" />}
      {depth.state === 'failed' && (depth.problem.code === 'no_data' ? <p className="text-13 text-muted">Nothing is stored of {symbol} by this moment.</p> : <Failure problem={depth.problem} retry={depth.retry} />)}
      {depth.state === 'ready' && <StoredTable items={depth.data.items} />}
    </section>
  );
}

function StoredTable({ items }: { items: Stored[] }) {
  const [zone] = useZone();
  const columns = useMemo((): Column<Stored>[] => {
    const when = (row: Stored, iso: string) => (row.interval === '1d' ? formatDate(iso) : formatInstant(iso, zone, false));
    return [
      { id: 'form', header: 'Bars of', accessorFn: (row) => row.interval ?? '', meta: { align: 'left' }, cell: ({ row }) => intervalWords(row.original.interval) },
      { id: 'source', header: 'Source', accessorFn: (row) => row.source, meta: { align: 'left' }, cell: ({ row }) => <SourceTag source={row.original.source} /> },
      { id: 'rows', header: 'Rows', accessorFn: (row) => row.row_count, cell: ({ row }) => formatNumber(row.original.row_count) },
      { id: 'first', header: 'First', accessorFn: (row) => row.first_ts, meta: { align: 'left' }, cell: ({ row }) => when(row.original, row.original.first_ts) },
      { id: 'last', header: 'Last', accessorFn: (row) => row.last_ts, meta: { align: 'left' }, cell: ({ row }) => when(row.original, row.original.last_ts) },
      { id: 'days', header: 'Days', accessorFn: (row) => row.day_count, meta: { hint: 'Days, by UTC, with a row.' }, cell: ({ row }) => formatCount(row.original.day_count) },
      {
        id: 'missing',
        header: 'Days missing',
        accessorFn: (row) => row.missing_days ?? -1,
        meta: { hint: 'Trading days between the first and the last row of which there is none.' },
        cell: ({ row }) => (row.original.missing_days === null ? <Missing reason="The trading days of this market are not known" /> : formatCount(row.original.missing_days)),
      },
      { id: 'gaps', header: 'Latest gaps', enableSorting: false, meta: { align: 'left', className: 'hidden lg:table-cell' }, cell: ({ row }) => <span className="text-muted">{gapWords(row.original)}</span> },
    ];
  }, [zone]);
  return <DataTable label="Stored rows by source" rows={items} columns={columns} rowKey={(row) => `${row.source} ${row.kind} ${row.interval}`} />;
}

const MOST_NAMED = 2;

function gapWords({ gaps, missing_days }: Stored): string {
  if (missing_days === null) return '';
  if (gaps.length === 0) return 'none';
  const named = gaps.slice(0, MOST_NAMED).map(({ first, last }) => (first === last ? formatDate(first) : `${formatDate(first)} to ${formatDate(last)}`));
  return gaps.length > MOST_NAMED ? `${named.join(', ')} and earlier` : named.join(', ');
}
