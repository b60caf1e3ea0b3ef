'use client';

import dynamic from 'next/dynamic';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { seriesColour } from '@/charts/theme';
import { POLL_MS } from '@/config/desk';
import { decimalsOfTick, formatNumber, formatSignedPercent } from '@/lib/format';
import { formatMonth } from '@/lib/time';
import { askEvery, withLive } from '@/stream/over';
import { curveTopic } from '@/stream/topics';
import { useTopic } from '@/stream/use-topic';
import { Failure } from '@/ui/failure';
import { SkeletonBlock } from '@/ui/skeleton';
import type { CurveAnswer } from './model';
import { isoOfDay, monthTicks, pointAt, pricedPoints } from './model';

const HEIGHT = 220;
const LineChart = dynamic(() => import('@/charts/line-chart').then((module) => module.LineChart), { ssr: false, loading: () => <SkeletonBlock className="h-[220px]" label="The chart is on its way" /> });

/** A product's curve, small: its shape in words above, a contract's price on looking at it. */
export function CurveTile({ root, source, tick }: { root: string; source: string; tick: number | null }) {
  const { asOf, every } = useAsOf();
  const told = useTopic<CurveAnswer>(asOf ? null : curveTopic(root, source));
  const asked = useGet('/api/v1/futures/{root}/curve', { path: { root }, query: { as_of: asOf, source } }, { every: every(askEvery(told, POLL_MS.curve)), keep: true });
  const curve = withLive(asked, told);
  if (curve.state === 'failed') return <Failure problem={curve.problem} retry={curve.retry} />;
  if (curve.state !== 'ready') return <SkeletonBlock className="h-[244px]" label="The curve is on its way" />;
  const points = pricedPoints(curve.data);
  const decimals = tick === null ? 2 : Math.min(6, decimalsOfTick(tick));
  if (points.length < 2) return <p className="h-[244px] text-13 text-muted">Fewer than two contracts have a price at this moment.</p>;
  return (
    <>
      <p className="text-13 text-muted">
        {curve.data.shape !== null && <span className="font-medium capitalize text-text">{curve.data.shape}</span>}
        {curve.data.shape_pct_annualised !== null && ` ${formatSignedPercent(curve.data.shape_pct_annualised / 100, 1)} a year between the first two`}
      </p>
      <LineChart
        label={`Term structure of ${root}`}
        series={[{ key: root, label: root, colour: seriesColour(0), points }]}
        height={HEIGHT}
        ticksX={monthTicks(points.map((point) => point.x))}
        formatX={(x) => formatMonth(isoOfDay(x))}
        formatY={(y) => formatNumber(y, decimals)}
        readout={(x) => {
          const point = pointAt(curve.data, x);
          return point && `${point.symbol} ${point.price === null ? '' : formatNumber(point.price, decimals)}`;
        }}
      />
    </>
  );
}
