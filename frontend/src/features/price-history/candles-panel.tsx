'use client';

import { ChartCandlestick } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { decimalsOfTick, formatCount, formatNumber } from '@/lib/format';
import { formatDate, formatInstant, offsetSeconds } from '@/lib/time';
import { Choose } from '@/ui/choose';
import { DataTable } from '@/ui/data-table';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { useZone } from '@/ui/preferences';
import { Segmented } from '@/ui/segmented';
import { SkeletonBlock } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import type { Bars, CandleRow } from './model';
import { candlesOf, INTERVALS, intervalOf } from './model';

const CandleChart = dynamic(() => import('@/charts/candle-chart'), { ssr: false, loading: () => <SkeletonBlock className="h-96" label="The chart is on its way" /> });

interface CandlesPanelProps {
  symbols: readonly string[];
  source?: string;
  tick: number | null;
}

/** The price of one contract through time. */
export function CandlesPanel({ symbols, source, tick }: CandlesPanelProps) {
  const { asOf, every } = useAsOf();
  const { query, change } = useQuery();
  const interval = intervalOf(query.get('interval'));
  const asked = query.get('symbol');
  const symbol = symbols.find((each) => each === asked) ?? symbols[0];
  const bars = useGet(
    symbol ? '/api/v1/instruments/{symbol}/bars' : null,
    { path: { symbol: symbol ?? '' }, query: { interval, as_of: asOf, source, limit: 500 } },
    { every: every(POLL_MS.curve), keep: false },
  );

  if (!symbol) return <Notice icon={ChartCandlestick} title="No contract is alive at this moment" />;
  return (
    <section aria-label="Candles" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Choose label="Contract" choices={symbols.map((each) => ({ value: each, label: each }))} value={symbol} onChange={(value) => change({ symbol: value })} />
        <Segmented label="Length of a candle" choices={INTERVALS} value={interval} onChange={(value) => change({ interval: value })} />
      </div>
      {bars.state === 'loading' && <SkeletonBlock className="h-96" label="Candles are on their way" />}
      {bars.state === 'failed' && <Failure problem={bars.problem} retry={bars.retry} />}
      {bars.state === 'ready' && (
        <>
          {bars.problem && <NotRenewed problem={bars.problem} retry={bars.retry} />}
          <Drawn bars={bars.data} decimals={decimalsOfTick(tick)} />
        </>
      )}
    </section>
  );
}

function Drawn({ bars, decimals }: { bars: Bars; decimals: number }) {
  const [zone] = useZone();
  const [focus, setFocus] = useState<CandleRow | null>(null);
  const candles = useMemo(() => candlesOf(bars), [bars]);
  const daily = bars.interval === '1d';
  const shown = focus ?? candles.at(-1);
  const when = (time: number) => (daily ? formatDate(new Date(time * 1000).toISOString()) : formatInstant(new Date(time * 1000).toISOString(), zone, false));

  if (!shown) {
    return (
      <Notice icon={ChartCandlestick} title="No bars of this length are stored">
        Choose another length, or another contract.
      </Notice>
    );
  }
  return (
    <>
      <div className="card p-4">
        <dl className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-13" aria-live="off">
          <div className="text-muted">{when(shown.time)}</div>
          {(['open', 'high', 'low', 'close'] as const).map((name) => (
            <div key={name} className="flex gap-2">
              <dt className="text-muted">{name.charAt(0).toUpperCase() + name.slice(1)}</dt>
              <dd className="font-medium">{formatNumber(shown[name], decimals)}</dd>
            </div>
          ))}
          <div className="flex gap-2">
            <dt className="text-muted">Volume</dt>
            <dd>{shown.volume === null ? 'not reported' : formatCount(shown.volume)}</dd>
          </div>
          <div className="ml-auto text-12 text-muted">{bars.built_from === 'quotes' ? 'Built of quotes' : `Built of ${bars.built_from} bars`}</div>
        </dl>
        <CandleChart
          label={`Candles of ${bars.symbol}, ${bars.interval}`}
          candles={candles}
          decimals={decimals}
          intraday={!daily}
          offsetSeconds={daily ? 0 : offsetSeconds(new Date(shown.time * 1000), zone)}
          onFocus={setFocus}
        />
      </div>
      <details className="text-13">
        <summary className="cursor-pointer text-muted">The same as a table</summary>
        <div className="mt-3">
          <DataTable
            label="Candles as a table"
            rows={[...candles].reverse().slice(0, 100)}
            rowKey={(row) => String(row.time)}
            columns={[
              { id: 'time', header: 'Start', accessorFn: (row) => row.time, meta: { align: 'left' }, cell: ({ row }) => when(row.original.time) },
              ...(['open', 'high', 'low', 'close'] as const).map((name) => ({
                id: name,
                header: name.charAt(0).toUpperCase() + name.slice(1),
                accessorFn: (row: CandleRow) => row[name],
                cell: ({ row }: { row: { original: CandleRow } }) => formatNumber(row.original[name], decimals),
              })),
              { id: 'volume', header: 'Volume', accessorFn: (row) => row.volume ?? -1, cell: ({ row }) => (row.original.volume === null ? '·' : formatCount(row.original.volume)) },
            ]}
          />
        </div>
      </details>
    </>
  );
}
