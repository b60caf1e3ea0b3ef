'use client';

import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import type { Bar } from '@/lib/bars';
import { formatCount, formatNumber } from '@/lib/format';
import { sessionsOf } from '@/lib/sessions';
import { TERMS } from '@/lib/terms';
import { Explained } from '@/ui/hint';
import { SkeletonBlock } from '@/ui/skeleton';
import type { Bars, DrawnAverage, Interval, Studies } from './model';
import { averagesOf, marksOf } from './model';
import { useBarWords } from './use-bar-words';

const CandleChart = dynamic(() => import('@/charts/candle-chart'), { ssr: false, loading: () => <SkeletonBlock className="h-96" label="The chart is on its way" /> });

interface BarsChartProps {
  answer: Bars;
  bars: readonly Bar[];
  interval: Interval;
  decimals: number;
  studies: Studies;
  source?: string;
  isLive: boolean;
}

/** Candles with the studies that were chosen, and the figures of the bar looked at above them. */
export function BarsChart({ answer, bars, interval, decimals, studies, source, isLive }: BarsChartProps) {
  const { when, tick } = useBarWords(interval);
  const [focus, setFocus] = useState<number | null>(null);
  const averages = useMemo(() => averagesOf(bars, studies.averages), [bars, studies.averages]);
  const below = useMemo(() => (studies.interest ? { key: 'interest', token: 'series-4', points: bars.flatMap(({ time, interest }) => (interest === null ? [] : [{ time, value: interest }])) } : null), [bars, studies.interest]);
  const { marks, shaded } = useContractFacts(answer.symbol, bars, interval, studies, source);
  const shown = bars.find((bar) => bar.time === focus) ?? bars.at(-1);
  if (!shown) return null;
  return (
    <div className="card p-4">
      <div className="num mb-3 flex flex-wrap gap-x-4 gap-y-1 text-13" aria-live="off" data-testid="bar">
        <span className="text-muted">{when(shown.time)}</span>
        <dl className="contents">
          {(['open', 'high', 'low', 'close'] as const).map((name) => (
            <Figure key={name} name={name.charAt(0).toUpperCase() + name.slice(1)} value={formatNumber(shown[name], decimals)} isStrong />
          ))}
          {studies.volume && <Figure name="Volume" value={shown.volume === null ? 'not reported' : formatCount(shown.volume)} />}
          {studies.interest && <Figure name="Open interest" value={shown.interest === null ? 'not reported' : formatCount(shown.interest)} />}
          {averages.map((average) => (
            <AverageFigure key={average.key} average={average} time={shown.time} decimals={decimals} />
          ))}
        </dl>
        <div className="ml-auto text-12 text-muted">
          {isLive && (
            <>
              <Explained hint={interval === '1d' ? 'The last bar goes on to each new price; its volume is renewed every half minute.' : 'The last bar forms as prices come.'}>Live</Explained>
              {' · '}
            </>
          )}
          {answer.built_from === 'quotes' ? 'Built of quotes' : `Built of ${answer.built_from} bars`}
        </div>
      </div>
      <CandleChart
        label={`Candles of ${answer.symbol}, ${interval}`}
        candles={bars}
        decimals={decimals}
        height={420 + (studies.interest ? 90 : 0)}
        unit={interval === '1d' ? 'day' : interval === '1s' ? 'second' : 'minute'}
        formatTick={tick}
        formatTime={when}
        lines={averages}
        hasVolume={studies.volume}
        below={below}
        shaded={shaded}
        marks={marks}
        onFocus={(candle) => setFocus(candle?.time ?? null)}
      />
      {studies.interest && below?.points.length === 0 && <p className="mt-2 text-12 text-muted">The source reports no <Explained hint={TERMS.open_interest}>open interest</Explained> in these bars.</p>}
    </div>
  );
}

function Figure({ name, value, isStrong = false }: { name: string; value: string; isStrong?: boolean }) {
  return (
    <div className="flex gap-2">
      <dt className="text-muted">{name}</dt>
      <dd className={isStrong ? 'font-medium' : undefined}>{value}</dd>
    </div>
  );
}

function AverageFigure({ average, time, decimals }: { average: DrawnAverage; time: number; decimals: number }) {
  const value = average.points.find((spot) => spot.time === time)?.value;
  return (
    <div className="flex items-center gap-2">
      <dt className="inline-flex items-center gap-2 text-muted">
        <span aria-hidden className="inline-block h-[2px] w-4" style={{ background: `rgb(var(--${average.token}))` }} />
        {average.name}
      </dt>
      <dd>{value === undefined ? 'too few bars' : formatNumber(value, decimals)}</dd>
    </div>
  );
}

/** What the contract itself has to say in its chart: its marks and its trading days. */
function useContractFacts(symbol: string, bars: readonly Bar[], interval: Interval, studies: Studies, source?: string) {
  const { asOf } = useAsOf();
  const isAsked = studies.marks || studies.sessions;
  const contract = useGet(isAsked ? '/api/v1/instruments/{symbol}' : null, { path: { symbol }, query: { source, as_of: asOf } }, { keep: true });
  const root = contract.state === 'ready' ? contract.data.root : null;
  const rolls = useGet(studies.marks && root ? '/api/v1/futures/{root}/rolls' : null, { path: { root: root ?? '' }, query: { source, as_of: asOf } }, { keep: true });
  const life = contract.state === 'ready' ? contract.data : null;
  const rolled = rolls.state === 'ready' ? rolls.data.items : null;
  const marks = useMemo(() => (studies.marks && life ? marksOf(bars, symbol, life, rolled ?? []) : []), [bars, symbol, life, rolled, studies.marks]);
  const shaded = useMemo(() => {
    if (!studies.sessions || !life || interval === '1d') return [];
    // The simulated market never rests: its days are those of UTC.
    return sessionsOf(bars.map((bar) => bar.time), life.source === 'simulated' ? null : life.specification).shaded;
  }, [bars, life, interval, studies.sessions]);
  return { marks, shaded };
}
