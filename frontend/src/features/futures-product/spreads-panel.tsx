'use client';

import { Split } from 'lucide-react';
import { useMemo } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { formatNumber, formatSigned } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import { Age } from '@/ui/age';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Failure, NotRenewed } from '@/ui/failure';
import { Flash } from '@/ui/flash';
import { Missing } from '@/ui/hint';
import { Notice } from '@/ui/notice';
import { Segmented } from '@/ui/segmented';
import { SkeletonRows } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import type { Spread } from './model';
import { decimalsFor, spreadWords } from './model';

const KINDS = [
  { value: 'calendar', label: 'Calendar spreads', hint: TERMS.calendar_spread },
  { value: 'butterfly', label: 'Butterflies', hint: TERMS.butterfly },
] as const;

interface SpreadsPanelProps {
  root: string;
  source?: string;
  tick: number | null;
}

/** Calendar spreads and butterflies, priced from their legs. */
export function SpreadsPanel({ root, source, tick }: SpreadsPanelProps) {
  const { asOf, every } = useAsOf();
  const { query, change } = useQuery();
  const kind = KINDS.find((each) => each.value === query.get('kind'))?.value ?? 'calendar';
  const spreads = useGet('/api/v1/futures/{root}/spreads', { path: { root }, query: { as_of: asOf, source } }, { every: every(POLL_MS.prices), keep: true });
  const receivedAt = spreads.state === 'ready' ? spreads.receivedAt : 0;
  const columns = useMemo(() => columnsOf(tick, receivedAt, asOf !== undefined), [tick, receivedAt, asOf]);
  const rows = useMemo(() => (spreads.state === 'ready' ? spreads.data.items.filter((each) => each.kind === kind) : []), [spreads, kind]);

  return (
    <section aria-label="Spreads" className="flex flex-col gap-4">
      <div>
        <Segmented label="Kind of spread" choices={KINDS} value={kind} onChange={(value) => change({ kind: value === 'calendar' ? null : value })} />
      </div>
      {spreads.state === 'loading' && <SkeletonRows label="Spreads are on their way" />}
      {spreads.state === 'failed' && <Failure problem={spreads.problem} retry={spreads.retry} />}
      {spreads.state === 'ready' && (
        <>
          {spreads.problem && <NotRenewed problem={spreads.problem} retry={spreads.retry} />}
          {rows.length === 0 ? (
            <Notice icon={Split} title="No spreads at this moment">
              A spread needs at least {kind === 'calendar' ? 'two' : 'three'} contracts that live.
            </Notice>
          ) : (
            <DataTable label={kind === 'calendar' ? 'Calendar spreads' : 'Butterflies'} rows={rows} columns={columns} rowKey={(row) => row.name} />
          )}
        </>
      )}
    </section>
  );
}

function columnsOf(tick: number | null, receivedAt: number, isPast: boolean): Column<Spread>[] {
  const side = (row: Spread, value: number | null, decimals: number) =>
    value === null ? <Missing reason={spreadWords(row.status)} /> : <Flash value={value} text={formatSigned(value, decimals)} />;
  return [
    { id: 'name', header: 'Spread', accessorFn: (row) => row.name, meta: { align: 'left' }, cell: ({ row }) => <span className="name font-medium">{row.original.name}</span> },
    {
      id: 'legs',
      header: 'Legs',
      enableSorting: false,
      meta: { align: 'left' },
      cell: ({ row }) => <span className="name text-muted">{row.original.legs.map((leg) => `${formatSigned(leg.ratio)} ${leg.symbol}`).join('  ')}</span>,
    },
    { id: 'days', header: 'Days', accessorFn: (row) => row.days ?? Infinity, meta: { hint: 'Between the first and the last expiry.' }, cell: ({ row }) => (row.original.days === null ? '·' : formatNumber(Math.round(row.original.days))) },
    { id: 'bid', header: 'Bid', accessorFn: (row) => row.bid ?? -Infinity, meta: { hint: TERMS.bid }, cell: ({ row }) => side(row.original, row.original.bid, decimalsFor(tick, 'traded')) },
    { id: 'mid', header: 'Middle', accessorFn: (row) => row.mid ?? -Infinity, cell: ({ row }) => <span className="font-medium">{side(row.original, row.original.mid, decimalsFor(tick, 'middle'))}</span> },
    { id: 'ask', header: 'Ask', accessorFn: (row) => row.ask ?? -Infinity, meta: { hint: TERMS.ask }, cell: ({ row }) => side(row.original, row.original.ask, decimalsFor(tick, 'traded')) },
    { id: 'age', header: 'Age', accessorFn: (row) => row.quote_age_ms ?? Infinity, cell: ({ row }) => <Age ageMs={row.original.quote_age_ms} receivedAt={receivedAt} frozen={isPast} /> },
  ];
}
