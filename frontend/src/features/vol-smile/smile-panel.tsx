'use client';

import { useMemo } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import type { ChartSeries } from '@/charts/line-chart';
import { LineChart } from '@/charts/line-chart';
import { seriesColour } from '@/charts/theme';
import { POLL_MS } from '@/config/desk';
import { cx } from '@/lib/cx';
import { formatNumber, formatPercent, formatStrike } from '@/lib/format';
import { formatDay } from '@/lib/time';
import { Failure, NotRenewed } from '@/ui/failure';
import { Segmented } from '@/ui/segmented';
import { SkeletonBlock } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import type { Smile, SmileAxis } from './model';
import { drawnExpiries, fittedPoints, MOST_EXPIRIES, moneyPlace, nearestPoint, placeOfStrike, quotedPoints, strikeAt, toggledExpiries } from './model';

interface SmilePanelProps {
  underlying: string;
  source?: string;
  expiry: string;
  expiries: ReadonlyArray<{ expiry: string; dte: number }>;
  height?: number;
  hoveredStrike: number | null;
  onHoverStrike: (strike: number | null) => void;
}

const AXES = [
  { value: 'strike', label: 'Strike' },
  { value: 'log_moneyness', label: 'Moneyness', hint: 'The logarithm of strike over forward: 0 is at the money.' },
  { value: 'delta', label: 'Delta', hint: 'The forward delta of the call of each strike.' },
] as const;
const YEAR = new Date().getUTCFullYear();

/** Implied volatility over strikes, several expiries laid over each other. */
export function SmilePanel({ underlying, source, expiry, expiries, height = 320, hoveredStrike, onHoverStrike }: SmilePanelProps) {
  const { asOf, every } = useAsOf();
  const { query, change } = useQuery();
  const axis: SmileAxis = AXES.find((each) => each.value === query.get('x'))?.value ?? 'strike';
  const drawn = drawnExpiries(expiry, query.get('with'), expiries.map((each) => each.expiry));
  const answer = useGet(
    '/api/v1/options/{underlying}/smile',
    { path: { underlying }, query: { expiry: drawn.join(','), x: axis, as_of: asOf, source } },
    { every: every(POLL_MS.curve), keep: true },
  );

  return (
    <section aria-label="Volatility smile" className="card flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-14 font-semibold">Smile</h2>
        <Segmented label="Axis" choices={AXES} value={axis} onChange={(x) => change({ x: x === 'strike' ? null : x })} />
      </div>
      {answer.state === 'loading' && <SkeletonBlock className="h-80" label="The smile is on its way" />}
      {answer.state === 'failed' && <Failure problem={answer.problem} retry={answer.retry} />}
      {answer.state === 'ready' && (
        <>
          {answer.problem && <NotRenewed problem={answer.problem} retry={answer.retry} />}
          <SmileChart smiles={answer.data.smiles} axis={answer.data.x} height={height} hoveredStrike={hoveredStrike} onHoverStrike={onHoverStrike} />
        </>
      )}
      <div role="group" aria-label="Expiries laid over each other" className="flex flex-wrap gap-1">
        {expiries.slice(0, 12).map((each) => {
          const on = drawn.includes(each.expiry);
          return (
            <button
              key={each.expiry}
              type="button"
              aria-pressed={on}
              disabled={!on && drawn.length >= MOST_EXPIRIES}
              onClick={() => change({ with: toggledExpiries(drawn, each.expiry).slice(1).join(',') || null })}
              className={cx('inline-flex h-7 items-center gap-2 rounded border px-2 text-12', on ? 'border-line bg-raised text-text' : 'border-transparent text-muted hover:text-text disabled:opacity-50')}
            >
              {on && <span className="h-2 w-2 rounded-full" style={{ background: seriesColour(drawn.indexOf(each.expiry)) }} aria-hidden />}
              {formatDay(each.expiry, YEAR)}
            </button>
          );
        })}
      </div>
    </section>
  );
}

interface SmileChartProps {
  smiles: readonly Smile[];
  axis: SmileAxis;
  height: number;
  hoveredStrike: number | null;
  onHoverStrike: (strike: number | null) => void;
}

function SmileChart({ smiles, axis, height, hoveredStrike, onHoverStrike }: SmileChartProps) {
  const first = smiles[0];
  const series = useMemo(() => smiles.flatMap((smile, index): ChartSeries[] => linesOf(smile, seriesColour(index))), [smiles]);
  if (series.every((line) => line.points.length === 0)) {
    return <p className="py-12 text-center text-13 text-muted">No option of this expiry has a volatility: there are no quotes to take one from.</p>;
  }
  const writeX = (x: number) => (axis === 'strike' ? formatStrike(Number(x.toPrecision(10))) : formatNumber(x, axis === 'delta' ? 1 : 2));
  const money = moneyPlace(axis, first);
  return (
    <LineChart
      label="Implied volatility"
      series={series}
      height={height}
      formatX={writeX}
      formatY={(y) => formatPercent(y, 0)}
      xTitle={{ strike: 'Strike', log_moneyness: 'ln(strike ÷ forward)', delta: 'Call delta' }[axis]}
      yTitle="IV per year"
      markX={money === null ? null : { x: money, label: axis === 'strike' ? 'forward' : 'at the money' }}
      focusX={placeOfStrike(first, hoveredStrike)}
      onFocusX={(x) => onHoverStrike(strikeAt(first, x))}
      readout={(x) => <Readout smiles={smiles} x={x} />}
    />
  );
}

function linesOf(smile: Smile, colour: string): ChartSeries[] {
  const label = formatDay(smile.expiry, YEAR);
  const fit = fittedPoints(smile);
  const quoted: ChartSeries = { key: smile.expiry, label, colour, points: quotedPoints(smile), style: fit.length ? 'points' : 'both' };
  return fit.length ? [quoted, { key: `${smile.expiry} fit`, label, colour, points: fit, style: 'line', silent: true }] : [quoted];
}

function Readout({ smiles, x }: { smiles: readonly Smile[]; x: number }) {
  const strike = smiles[0] ? nearestPoint(smiles[0], x)?.strike : undefined;
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      {strike !== undefined && <span>Strike {formatStrike(strike)}</span>}
      {smiles.map((smile) => {
        const point = nearestPoint(smile, x);
        return (
          point && (
            <span key={smile.expiry} className="font-medium">
              {formatDay(smile.expiry, YEAR)} {formatPercent(point.iv, 2)}
            </span>
          )
        );
      })}
    </span>
  );
}
