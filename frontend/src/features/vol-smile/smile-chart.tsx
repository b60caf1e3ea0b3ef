'use client';

import { useMemo } from 'react';
import type { ChartSeries } from '@/charts/line-chart';
import { LineChart } from '@/charts/line-chart';
import { seriesColour } from '@/charts/theme';
import { formatNumber, formatPercent, formatSigned, formatStrike } from '@/lib/format';
import { statusWords } from '@/lib/terms';
import type { ZoneChoice } from '@/lib/time';
import { formatAge, formatDay, formatInstant } from '@/lib/time';
import { useZone } from '@/ui/preferences';
import type { CurveKind, SmileAxis, SmileLine } from './model';
import { fittedPoints, isOld, missingPlaces, moneyPlace, nearestPoint, placeOfStrike, quotedPoints, strikeAt } from './model';

interface SmileChartProps {
  lines: readonly SmileLine[];
  axis: SmileAxis;
  curve: CurveKind;
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

/** Smiles over one axis: points where options are quoted, a line fitted through them, crosses where one has no volatility. */
export function SmileChart({ lines, axis, curve, height, whiskers, hoveredStrike, onHoverStrike }: SmileChartProps) {
  const [zone] = useZone();
  const first = lines[0]?.smile;
  const series = useMemo(() => lines.flatMap((line) => drawn(line, lineName(line, zone), curve, whiskers)), [lines, curve, whiskers, zone]);
  const gaps = useMemo(() => missingPlaces(first, axis).map((each) => each.x), [first, axis]);
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
      absent={gaps}
      focusX={placeOfStrike(first, axis, hoveredStrike)}
      onFocusX={(x) => onHoverStrike(strikeAt(first, axis, x))}
      readout={(x) => <Readout lines={lines} axis={axis} x={x} zone={zone} />}
    />
  );
}

function drawn({ key, smile, present, colour: index }: SmileLine, label: string, curve: CurveKind, whiskers: boolean): ChartSeries[] {
  const colour = seriesColour(index);
  const dashed = present !== null;
  const fit = curve === 'points' ? [] : fittedPoints(smile);
  const quoted: ChartSeries = { key, label, colour, dashed, points: quotedPoints(smile, whiskers), style: fit.length || curve !== 'smooth' ? 'points' : 'both' };
  return fit.length ? [quoted, { key: `${key} fit`, label, colour, dashed, points: fit, style: 'line', silent: true }] : [quoted];
}

interface ReadoutProps {
  lines: readonly SmileLine[];
  axis: SmileAxis;
  x: number;
  zone: ZoneChoice;
}

/** What each smile says at a place, and what there is to say about the quote of the first: its age, its width, or why it is missing. */
function Readout({ lines, axis, x, zone }: ReadoutProps) {
  const first = lines[0]?.smile;
  const missing = missingPlaces(first, axis).find((each) => each.x === x)?.missing;
  const strike = missing?.strike ?? (first && nearestPoint(first, x)?.strike);
  return (
    <span className="inline-flex flex-wrap gap-x-3" data-testid="smile-readout">
      {strike !== undefined && <span>Strike {formatStrike(strike)}</span>}
      {missing && (
        <span className="text-warn">
          {statusWords(missing.status)}, {formatAge(missing.quote_age_ms)} old
        </span>
      )}
      {lines.map((line) => {
        const point = line.smile === first && missing ? null : nearestPoint(line.smile, x);
        const now = line.present && nearestPoint(line.present, x);
        return (
          point && (
            <span key={line.key} className="font-medium">
              {lineName(line, zone)} {formatPercent(point.iv, 2)}
              {now && <span className="font-normal text-muted"> now {formatSigned((now.iv - point.iv) * 100, 2)} points</span>}
              {point.status === 'wide' && <span className="font-normal text-warn"> wide</span>}
              {(lines.length === 1 || isOld(point, line.smile)) && <span className={isOld(point, line.smile) ? 'font-normal text-warn' : 'font-normal text-muted'}> {formatAge(point.quote_age_ms)} old</span>}
            </span>
          )
        );
      })}
    </span>
  );
}
