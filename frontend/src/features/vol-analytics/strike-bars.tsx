'use client';

import { useMemo } from 'react';
import { BarPairs } from '@/charts/bar-pairs';
import { formatCount, formatStrike } from '@/lib/format';
import { formatDate } from '@/lib/time';
import { Choose } from '@/ui/choose';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Segmented } from '@/ui/segmented';
import { useQuery } from '@/ui/use-query';
import type { Analytics, ExpiryAnalytics, StrikeBar } from './model';
import { BARS, barsOf, formatAmount } from './model';

const SCOPES = [
  { value: 'expiry', label: 'This expiry' },
  { value: 'all', label: 'All expiries' },
] as const;
const SHAPES = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
] as const;

/** Open interest, volume, gamma exposure or pain by strike, calls beside puts. */
export function StrikeBars({ analytics, expiry }: { analytics: Analytics; expiry: ExpiryAnalytics }) {
  const { query, change } = useQuery();
  const kind = BARS.find((each) => each.value === query.get('bars'))?.value ?? 'oi';
  // Pain is of one expiry: options of another end on another day.
  const scope = kind === 'pain' ? 'expiry' : (SCOPES.find((each) => each.value === query.get('scope'))?.value ?? 'expiry');
  const shape = query.get('strikes_as') === 'table' ? 'table' : 'chart';
  const bars = useMemo(() => barsOf(kind, scope === 'expiry' ? expiry : null, analytics.by_strike, expiry.forward), [kind, scope, expiry, analytics.by_strike]);
  const write = kind === 'oi' || kind === 'volume' ? formatCount : formatAmount;
  const marks = [
    ...(expiry.forward === null ? [] : [{ x: expiry.forward, label: 'forward' }]),
    ...(scope === 'expiry' && expiry.max_pain !== null ? [{ x: expiry.max_pain, label: 'max pain' }] : []),
  ];
  const name = BARS.find((each) => each.value === kind)?.label ?? '';
  return (
    <div className="card flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="mr-auto text-14 font-semibold">{name} by strike</h2>
        <Choose label="Show" showLabel={false} choices={BARS} value={kind} onChange={(value) => change({ bars: value === 'oi' ? null : value })} />
        {kind !== 'pain' && <Segmented label="Expiries" choices={SCOPES} value={scope} onChange={(value) => change({ scope: value === 'expiry' ? null : value })} />}
        <Segmented label="Shown as" choices={SHAPES} value={shape} onChange={(value) => change({ strikes_as: value === 'chart' ? null : value })} />
      </div>
      {bars.length === 0 ? (
        <p className="py-12 text-center text-13 text-muted">Nothing is reported at any strike.</p>
      ) : shape === 'table' ? (
        <div className="max-h-[50vh] overflow-y-auto">
          <DataTable label={`${name} by strike`} rows={bars} columns={columnsOf(write)} rowKey={(row) => String(row.x)} />
        </div>
      ) : (
        <BarPairs
          label={`${name} by strike, ${scope === 'expiry' ? formatDate(expiry.expiry) : 'all expiries'}`}
          bars={bars}
          names={['Calls', 'Puts']}
          height={260}
          formatX={formatStrike}
          formatY={write}
          marks={marks}
          readout={(bar) => (
            <span>
              Strike {formatStrike(bar.x)} · calls {write(bar.first ?? 0)} · puts {write(bar.second ?? 0)}
            </span>
          )}
        />
      )}
    </div>
  );
}

function columnsOf(write: (value: number) => string): Column<StrikeBar>[] {
  return [
    { id: 'strike', header: 'Strike', accessorKey: 'x', cell: ({ row }) => formatStrike(row.original.x) },
    { id: 'calls', header: 'Calls', accessorFn: (row) => row.first ?? 0, cell: ({ row }) => write(row.original.first ?? 0) },
    { id: 'puts', header: 'Puts', accessorFn: (row) => row.second ?? 0, cell: ({ row }) => write(row.original.second ?? 0) },
    { id: 'both', header: 'Both', accessorFn: (row) => (row.first ?? 0) + (row.second ?? 0), cell: ({ row }) => write((row.original.first ?? 0) + (row.original.second ?? 0)) },
  ];
}
