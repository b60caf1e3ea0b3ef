'use client';

import { Waypoints } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { decimalsOfTick, formatNumber, formatSigned } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import { formatDate, formatInstant } from '@/lib/time';
import { Choose } from '@/ui/choose';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Failure, NotRenewed } from '@/ui/failure';
import { Explained, Missing } from '@/ui/hint';
import { Notice } from '@/ui/notice';
import { useZone } from '@/ui/preferences';
import { Segmented } from '@/ui/segmented';
import { SkeletonBlock } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import type { Continuous, Roll, SeriesCandle } from './model';
import { ADJUSTMENTS, candlesOf, RANKS, rollMarks, rollReason, RULES, ruleWords } from './model';

const CandleChart = dynamic(() => import('@/charts/candle-chart'), { ssr: false, loading: () => <SkeletonBlock className="h-96" label="The chart is on its way" /> });

interface ContinuousPanelProps {
  root: string;
  source?: string;
  tick: number | null;
}

/** One long series of successive contracts, with every roll listed. */
export function ContinuousPanel({ root, source, tick }: ContinuousPanelProps) {
  const { asOf, every } = useAsOf();
  const { query, change } = useQuery();
  const chosenRoll = RULES.find((each) => each.value === query.get('roll'))?.value;
  const adjust = ADJUSTMENTS.find((each) => each.value === query.get('adjust'))?.value ?? 'none';
  const rank = RANKS.find((each) => each.value === query.get('rank'))?.value ?? '1';
  const question = { adjust, rank: Number(rank), as_of: asOf, source, limit: 2000 };
  const options = { every: every(POLL_MS.slow), keep: true };
  const usual = useGet('/api/v1/futures/{root}/continuous', { path: { root }, query: { ...question, roll: chosenRoll ?? 'calendar' } }, options);
  // Some sources have nothing but the series they rolled themselves.
  const isRolled = chosenRoll === undefined && usual.state === 'failed' && usual.problem.code === 'no_data';
  const rolled = useGet(isRolled ? '/api/v1/futures/{root}/continuous' : null, { path: { root }, query: { ...question, roll: 'source' } }, options);
  const series = isRolled ? rolled : usual;
  const roll = isRolled ? 'source' : (chosenRoll ?? 'calendar');

  return (
    <section aria-label="Continuous series" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Choose label="Contract" choices={RANKS} value={rank} onChange={(value) => change({ rank: value === '1' ? null : value })} />
        <Choose label="Rolls by" choices={RULES} value={roll} onChange={(value) => change({ roll: value })} />
        <Segmented label="Earlier prices" choices={ADJUSTMENTS} value={adjust} onChange={(value) => change({ adjust: value === 'none' ? null : value })} />
      </div>
      {series.state === 'loading' && <SkeletonBlock className="h-96" label="The series is on its way" />}
      {series.state === 'failed' && <Failure problem={series.problem} retry={series.retry} />}
      {series.state === 'ready' && (
        <>
          {series.problem && <NotRenewed problem={series.problem} retry={series.retry} />}
          <Drawn series={series.data} decimals={decimalsOfTick(tick)} />
        </>
      )}
    </section>
  );
}

function Drawn({ series, decimals }: { series: Continuous; decimals: number }) {
  const [zone] = useZone();
  const [focus, setFocus] = useState<number | null>(null);
  const candles = useMemo(() => candlesOf(series), [series]);
  const marks = useMemo(() => rollMarks(candles), [candles]);
  const shown: SeriesCandle | undefined = candles.find((candle) => candle.time === focus) ?? candles.at(-1);
  const daily = series.interval === '1d';
  if (!shown) {
    return (
      <Notice icon={Waypoints} title="No series can be made by this rule">
        Choose another rule: what it needs is not stored of these contracts.
      </Notice>
    );
  }
  const instant = new Date(shown.time * 1000).toISOString();
  return (
    <>
      <div className="card p-4">
        <p className="num mb-3 flex flex-wrap gap-x-4 gap-y-1 text-13">
          <span className="text-muted">{daily ? formatDate(instant) : formatInstant(instant, zone, false)}</span>
          <span className="name font-medium">{shown.contract}</span>
          <span>{formatNumber(shown.close, decimals)}</span>
          <span className="text-muted">{series.adjust === 'none' ? 'as traded' : `adjusted by ${series.adjust}`}</span>
          {series.truncated && <span className="text-muted">the latest {candles.length} bars</span>}
        </p>
        <CandleChart label={`Continuous series of ${series.root}`} candles={candles} marks={marks} decimals={decimals} intraday={!daily} onFocus={(candle) => setFocus(candle?.time ?? null)} />
      </div>
      <h2 className="text-14 font-semibold">
        <Explained hint={TERMS.roll}>Rolls</Explained>
      </h2>
      {series.rolls.length === 0 ? <p className="text-13 text-muted">None by this moment.</p> : <RollTable rolls={series.rolls} decimals={decimals} />}
    </>
  );
}

function RollTable({ rolls, decimals }: { rolls: readonly Roll[]; decimals: number }) {
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
