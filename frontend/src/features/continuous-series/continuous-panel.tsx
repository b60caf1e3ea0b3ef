'use client';

import { Waypoints } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useCallback, useMemo, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import type { TickUnit } from '@/lib/axis-time';
import { tickWords } from '@/lib/axis-time';
import { decimalsOfTick, formatNumber, formatSigned } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import { formatDate, formatInstant } from '@/lib/time';
import { Choose } from '@/ui/choose';
import { ExportLinks } from '@/ui/export-links';
import { Failure, NotRenewed } from '@/ui/failure';
import { Explained } from '@/ui/hint';
import { Notice } from '@/ui/notice';
import { useZone } from '@/ui/preferences';
import { Segmented } from '@/ui/segmented';
import { SkeletonBlock } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import { RollTable } from './roll-table';
import { SeriesTable } from './series-table';
import type { Continuous, Question, SeriesCandle } from './model';
import { ADJUSTMENTS, candlesOf, exportAddress, movedBy, RANKS, rollMarks, RULES } from './model';

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
          <Drawn series={series.data} decimals={decimalsOfTick(tick)} question={{ root, rank: Number(rank), roll, adjust, source, asOf }} />
        </>
      )}
    </section>
  );
}

function Drawn({ series, decimals, question }: { series: Continuous; decimals: number; question: Question }) {
  const [zone] = useZone();
  const [focus, setFocus] = useState<number | null>(null);
  const candles = useMemo(() => candlesOf(series), [series]);
  const marks = useMemo(() => rollMarks(candles), [candles]);
  const shown: SeriesCandle | undefined = candles.find((candle) => candle.time === focus) ?? candles.at(-1);
  const daily = series.interval === '1d';
  const when = useCallback(
    (time: number) => {
      const instant = new Date(time * 1000).toISOString();
      return daily ? formatDate(instant) : formatInstant(instant, zone, false);
    },
    [daily, zone],
  );
  const tick = useCallback((time: number, unit: TickUnit) => tickWords(time, unit, daily ? 'utc' : zone), [daily, zone]);
  const files = (what: 'continuous' | 'rolls') => [
    { form: 'CSV', href: exportAddress(what, 'csv', question) },
    { form: 'Parquet', href: exportAddress(what, 'parquet', question) },
  ];
  if (!shown) {
    return (
      <Notice icon={Waypoints} title="No series can be made by this rule">
        Choose another rule: what it needs is not stored of these contracts.
      </Notice>
    );
  }
  return (
    <>
      <div className="card p-4">
        <p className="num mb-3 flex flex-wrap gap-x-4 gap-y-1 text-13" data-testid="series">
          <span className="text-muted">{when(shown.time)}</span>
          <span className="name font-medium">{shown.contract}</span>
          <span>{formatNumber(shown.close, decimals)}</span>
          <Adjusted series={series} decimals={decimals} />
          {series.truncated && <span className="text-muted">the latest {candles.length} bars</span>}
          <span className="ml-auto">
            <ExportLinks label="Series" links={files('continuous')} />
          </span>
        </p>
        <CandleChart
          label={`Continuous series of ${series.root}`}
          candles={candles}
          marks={marks}
          decimals={decimals}
          unit={daily ? 'day' : 'minute'}
          formatTick={tick}
          formatTime={when}
          onFocus={(candle) => setFocus(candle?.time ?? null)}
        />
      </div>
      <SeriesTable items={series.items} when={when} decimals={decimals} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-14 font-semibold">
          <Explained hint={TERMS.roll}>Rolls</Explained>
        </h2>
        {series.rolls.length > 0 && <ExportLinks label="Rolls" links={files('rolls')} />}
      </div>
      {series.rolls.length === 0 ? <p className="text-13 text-muted">None by this moment.</p> : <RollTable rolls={series.rolls} decimals={decimals} />}
    </>
  );
}

/** How earlier prices were shifted, and by how much the very first. */
function Adjusted({ series, decimals }: { series: Continuous; decimals: number }) {
  const hint = ADJUSTMENTS.find((each) => each.value === series.adjust)?.hint ?? '';
  const moved = movedBy(series.rolls, series.adjust);
  const words = series.adjust === 'none' ? 'as traded' : series.adjust === 'difference' ? 'adjusted by difference' : 'adjusted by ratio';
  const size = moved === null ? ', not before a roll that cannot be bridged' : series.adjust === 'difference' ? `, the first prices by ${formatSigned(moved, decimals)}` : series.adjust === 'ratio' ? `, the first prices by a factor of ${formatNumber(moved, 4)}` : '';
  return (
    <span className="text-muted">
      <Explained hint={hint}>{words}</Explained>
      {size}
    </span>
  );
}
