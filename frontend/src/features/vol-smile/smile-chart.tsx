'use client';

import { useMemo } from 'react';
import type { ChartSeries } from '@/charts/line-chart';
import { LineChart } from '@/charts/line-chart';
import { seriesColour } from '@/charts/theme';
import { formatNumber, formatPercent, formatSigned, formatStrike } from '@/lib/format';
import type { ZoneChoice } from '@/lib/time';
import { formatDay, formatInstant } from '@/lib/time';
import { useZone } from '@/ui/preferences';
import type { Smile, SmileAxis, SmileLine } from './model';
import { fittedPoints, moneyPlace, nearestPoint, placeOfStrike, quotedPoints, strikeAt } from './model';

interface SmileChartProps {
  lines: readonly SmileLine[];
  axis: SmileAxis;
  height: number;
  whiskers: boolean;
  hoveredStrike: number | null;
  onHoverStrike: (strike: number | null) => void;
}

const X_TITLES = { strike: 'Strike', log_moneyness: 'ln(strike ÷ forward)', delta: 'Call delta' } as const;

/** How a line is called: its expiry, and its moment where that is an earlier one. */
export function lineName({ smile, present }: SmileLine, zone: ZoneChoice): string {
  const expiry = formatDay(smile.expiry, new Date(smile.as_of).getUTCFullYear());
  return present ? `${expiry} as of ${formatInstant(smile.as_of, zone, false)}` : expiry;
}

/** Smiles over one axis: points where options are quoted, a line fitted through them. */
export function SmileChart({ lines, axis, height, whiskers, hoveredStrike, onHoverStrike }: SmileChartProps) {
  const [zone] = useZone();
  const first = lines[0]?.smile;
  const series = useMemo(() => lines.flatMap((line) => drawn(line, lineName(line, zone), whiskers)), [lines, whiskers, zone]);
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
      formatY={(y) => formatPercent(y, 1)}
      xTitle={X_TITLES[axis]}
      yTitle="IV per year"
      markX={money === null ? null : { x: money, label: axis === 'strike' ? 'forward' : 'at the money' }}
      focusX={placeOfStrike(first, hoveredStrike)}
      onFocusX={(x) => onHoverStrike(strikeAt(first, x))}
      readout={(x) => <Readout lines={lines} first={first} x={x} zone={zone} />}
    />
  );
}

function drawn({ key, smile, present, colour: index }: SmileLine, label: string, whiskers: boolean): ChartSeries[] {
  const colour = seriesColour(index);
  const dashed = present !== null;
  const fit = fittedPoints(smile);
  const quoted: ChartSeries = { key, label, colour, dashed, points: quotedPoints(smile, whiskers), style: fit.length ? 'points' : 'both' };
  return fit.length ? [quoted, { key: `${key} fit`, label, colour, dashed, points: fit, style: 'line', silent: true }] : [quoted];
}

function Readout({ lines, first, x, zone }: { lines: readonly SmileLine[]; first: Smile | undefined; x: number; zone: ZoneChoice }) {
  const strike = first ? nearestPoint(first, x)?.strike : undefined;
  return (
    <span className="inline-flex flex-wrap gap-x-3" data-testid="smile-readout">
      {strike !== undefined && <span>Strike {formatStrike(strike)}</span>}
      {lines.map((line) => {
        const point = nearestPoint(line.smile, x);
        const now = line.present && nearestPoint(line.present, x);
        return (
          point && (
            <span key={line.key} className="font-medium">
              {lineName(line, zone)} {formatPercent(point.iv, 2)}
              {now && <span className="font-normal text-muted"> now {formatSigned((now.iv - point.iv) * 100, 2)} points</span>}
            </span>
          )
        );
      })}
    </span>
  );
}
