'use client';

import dynamic from 'next/dynamic';
import type { Answer } from '@/api/client';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { seriesColour } from '@/charts/theme';
import { POLL_MS } from '@/config/desk';
import { formatPercent } from '@/lib/format';
import { formatDate } from '@/lib/time';
import { askEvery, withLive } from '@/stream/over';
import { surfaceTopic } from '@/stream/topics';
import { useTopic } from '@/stream/use-topic';
import { Failure } from '@/ui/failure';
import { SkeletonBlock } from '@/ui/skeleton';
import { daysWords } from './model';

type Surface = Answer<'/api/v1/options/{underlying}/surface'>;

const HEIGHT = 220;
const LineChart = dynamic(() => import('@/charts/line-chart').then((module) => module.LineChart), { ssr: false, loading: () => <SkeletonBlock className="h-[220px]" label="The chart is on its way" /> });

/** Volatility at the money by days to expiry. */
export function VolatilityTile({ underlying, source }: { underlying: string; source: string }) {
  const { asOf, every } = useAsOf();
  const told = useTopic<Surface>(asOf ? null : surfaceTopic(underlying, source));
  const asked = useGet('/api/v1/options/{underlying}/surface', { path: { underlying }, query: { as_of: asOf, source } }, { every: every(askEvery(told, POLL_MS.slow)), keep: true });
  const surface = withLive(asked, told);
  if (surface.state === 'failed') return <Failure problem={surface.problem} retry={surface.retry} />;
  if (surface.state !== 'ready') return <SkeletonBlock className="h-[244px]" label="The volatilities are on their way" />;
  const known = surface.data.expiries.flatMap((each) => (each.atm_iv === null ? [] : [{ x: each.dte, y: each.atm_iv, expiry: each.expiry }]));
  if (known.length < 2) return <p className="h-[244px] text-13 text-muted">Fewer than two expiries have a volatility at the money.</p>;
  const [near, far] = [known[0], known.at(-1)];
  return (
    <>
      <p className="text-13 text-muted">
        At the money {near && `${formatPercent(near.y)} ${inDays(near.x)}`}
        {far && `, ${formatPercent(far.y)} ${inDays(far.x)}`}
      </p>
      <LineChart
        label={`Volatility at the money of ${underlying} by days to expiry`}
        series={[{ key: underlying, label: underlying, colour: seriesColour(0), points: known }]}
        height={HEIGHT}
        formatX={(x) => `${x} d`}
        formatY={(y) => formatPercent(y, 1)}
        readout={(x) => {
          const point = known.find((each) => each.x === x);
          return point && `${formatDate(point.expiry)} · ${formatPercent(point.y, 2)}`;
        }}
      />
    </>
  );
}

const inDays = (days: number): string => (days < 2 ? daysWords(days) : `in ${daysWords(days)}`);
