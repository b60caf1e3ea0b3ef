'use client';

import { useMemo } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import type { FileFormat } from '@/lib/file-address';
import { POLL_MS } from '@/config/desk';
import { formatNumber, formatSigned, formatSignedPercent } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import { formatDate } from '@/lib/time';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { ExportLinks } from '@/ui/export-links';
import { Failure } from '@/ui/failure';
import { Explained, Missing } from '@/ui/hint';
import { Segmented } from '@/ui/segmented';
import { SkeletonRows } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import type { PastRoll, Rule } from './model';
import { exportAddress, meanGap, RULES } from './model';

interface PastRollsProps {
  root: string;
  source?: string;
  decimals: number;
}

/** The rolls that were, by the rule that is chosen, with what each cost in price. */
export function PastRolls({ root, source, decimals }: PastRollsProps) {
  const { asOf, every } = useAsOf();
  const { query, change } = useQuery();
  const rule = RULES.find((each) => each.value === query.get('roll'))?.value ?? 'calendar';
  const rolls = useGet('/api/v1/futures/{root}/rolls', { path: { root }, query: { roll: rule, as_of: asOf, source } }, { every: every(POLL_MS.slow), keep: false });
  const file = (format: FileFormat) => exportAddress(root, rule, format, source, asOf);
  return (
    <section aria-label="Past rolls" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-14 font-semibold">
          <Explained hint={TERMS.roll}>Past rolls</Explained>
        </h2>
        <Segmented label="Rolls by" choices={RULES} value={rule} onChange={(value: Rule) => change({ roll: value })} />
        {rolls.state === 'ready' && rolls.data.items.length > 0 && <ExportLinks label="Rolls" links={[{ form: 'CSV', href: file('csv') }, { form: 'Parquet', href: file('parquet') }]} />}
      </div>
      {rolls.state === 'loading' && <SkeletonRows rows={4} label="Past rolls are on their way" />}
      {rolls.state === 'failed' && (rolls.problem.code === 'no_data' ? <p className="text-13 text-muted">{rolls.problem.message}</p> : <Failure problem={rolls.problem} retry={rolls.retry} />)}
      {rolls.state === 'ready' && (rolls.data.items.length === 0 ? <p className="text-13 text-muted">None by this moment.</p> : <Table rolls={rolls.data.items} decimals={decimals} />)}
    </section>
  );
}

function Table({ rolls, decimals }: { rolls: readonly PastRoll[]; decimals: number }) {
  const rows = useMemo(() => [...rolls].reverse(), [rolls]);
  const mean = useMemo(() => meanGap(rolls), [rolls]);
  const columns = useMemo((): Column<PastRoll>[] => {
    const known = (value: number | null, write: (value: number) => string) => (value === null ? <Missing reason="The two contracts share no price of one day" /> : write(value));
    return [
      { id: 'date', header: 'Date', accessorFn: (row) => row.date, meta: { align: 'left', hint: 'The first trade date of the new contract.' }, cell: ({ row }) => formatDate(row.original.date) },
      { id: 'from', header: 'From', accessorFn: (row) => row.from, meta: { align: 'left' }, cell: ({ row }) => <span className="name">{row.original.from}</span> },
      { id: 'to', header: 'To', accessorFn: (row) => row.to, meta: { align: 'left' }, cell: ({ row }) => <span className="name font-medium">{row.original.to}</span> },
      { id: 'left', header: 'Price left', accessorFn: (row) => row.from_price ?? -Infinity, cell: ({ row }) => known(row.original.from_price, (value) => formatNumber(value, decimals)) },
      { id: 'taken', header: 'Price taken', accessorFn: (row) => row.to_price ?? -Infinity, cell: ({ row }) => known(row.original.to_price, (value) => formatNumber(value, decimals)) },
      { id: 'gap', header: 'Gap', accessorFn: (row) => row.gap ?? -Infinity, meta: { hint: 'Price taken minus price left.' }, cell: ({ row }) => known(row.original.gap, (value) => formatSigned(value, decimals)) },
      { id: 'part', header: 'Gap in percent', accessorFn: (row) => row.factor ?? -Infinity, meta: { hint: 'Price taken over price left, less one.' }, cell: ({ row }) => known(row.original.factor, (value) => formatSignedPercent(value - 1)) },
    ];
  }, [decimals]);
  return (
    <>
      {mean !== null && (
        <p className="num text-13 text-muted">
          {rolls.length} rolls, on average at a gap of {formatSignedPercent(mean)}.
        </p>
      )}
      <DataTable label="Past rolls, the latest first" rows={rows} columns={columns} rowKey={(row) => `${row.ts} ${row.to}`} />
    </>
  );
}
