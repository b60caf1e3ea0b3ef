'use client';

import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { extent, linearScale, nearestIndex, niceTicks, padded } from '@/lib/scale';
import { useWidth } from './use-width';

export interface ChartPoint {
  x: number;
  y: number;
  /** The ends of a whisker through the point, such as what bid and ask say. */
  low?: number | null;
  high?: number | null;
  /** Drawn as a ring: less to be trusted than the others. */
  hollow?: boolean;
}

export interface ChartSeries {
  key: string;
  label: string;
  /** A CSS colour. */
  colour: string;
  points: readonly ChartPoint[];
  dashed?: boolean;
  /** Points only, points joined, or the line alone. */
  style?: 'points' | 'line' | 'both';
  /** Drawn, but neither named nor looked at: the fit of another line. */
  silent?: boolean;
}

interface LineChartProps {
  label: string;
  series: readonly ChartSeries[];
  height?: number;
  formatX: (x: number) => string;
  formatY: (y: number) => string;
  /** Places for the words under the axis; round numbers where it is left out. */
  ticksX?: readonly number[];
  xTitle?: string;
  yTitle?: string;
  /** A vertical mark, such as the forward. */
  markX?: { x: number; label: string } | null;
  /** Places where a point could be but is none: marked on the axis, and looked at like points. */
  absent?: readonly number[];
  /** The line of words for the place looked at; without one, the legend alone is shown. */
  readout: (x: number) => ReactNode;
  /** The place looked at, when others share it. */
  focusX?: number | null;
  onFocusX?: (x: number | null) => void;
}

const NOWHERE: readonly number[] = [];
const MARGIN = { top: 28, right: 28, bottom: 40, left: 60 };

/** Lines over one axis, read by pointer, by touch or with the arrow keys. */
export function LineChart(props: LineChartProps) {
  const { label, series, height = 300, formatX, formatY, ticksX, xTitle, yTitle, markX, absent = NOWHERE, readout, focusX, onFocusX } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const [ownFocus, setOwnFocus] = useState<number | null>(null);
  const focus = focusX === undefined ? ownFocus : focusX;
  const rangeX = extent(series.flatMap((line) => line.points.map((point) => point.x)));
  // Places without a point widen nothing: they lie far out, where nobody quotes.
  const gaps = rangeX ? absent.filter((place) => place >= rangeX[0] && place <= rangeX[1]) : NOWHERE;
  const quoted = useMemo(() => spoken(series).flatMap((line) => line.points.map((point) => point.x)), [series]);
  const places = [...new Set([...quoted, ...gaps])].sort((a, b) => a - b);
  const rangeY = extent(series.flatMap((line) => line.points.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y])));

  const look = (x: number | null) => {
    setOwnFocus(x);
    onFocusX?.(x);
  };

  if (!rangeX || !rangeY) return null;
  const x = linearScale(...rangeX, MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right));
  const y = linearScale(...padded(rangeY), height - MARGIN.bottom, MARGIN.top);
  const xTicks = thinned(ticksX ?? niceTicks(x.from, x.to, Math.max(2, Math.floor(width / 96))), (tick) => x.place(tick), 56);
  const yTicks = niceTicks(y.from, y.to, Math.max(2, Math.floor(height / 60)));

  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
    look(places[nearestIndex(places, x.value(at))] ?? null);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') look(null);
    if (!step) return;
    event.preventDefault();
    const at = focus === null ? (step > 0 ? -1 : places.length) : nearestIndex(places, focus);
    look(places[Math.min(places.length - 1, Math.max(0, at + step))] ?? null);
  };

  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 px-1 text-12 text-muted">
        {spoken(series).map((line) => (
          <span key={line.key} className="inline-flex items-center gap-2">
            <svg width={18} height={8} aria-hidden>
              <line x1={0} x2={18} y1={4} y2={4} stroke={line.colour} strokeWidth={2} strokeDasharray={line.dashed ? '4 3' : undefined} />
            </svg>
            {line.label}
          </span>
        ))}
        <span className="ml-auto text-text" aria-live="polite">
          {focus !== null && readout(focus)}
        </span>
      </figcaption>
      <div ref={box} style={{ height }}>
        {width > 0 && (
          // The picture is walked with the arrow keys; what it shows is written above it.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <svg
            width={width}
            height={height}
            role="application"
            aria-label={`${label}. Arrow keys walk along it.`}
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            onPointerMove={onMove}
            onPointerDown={onMove}
            onPointerLeave={() => look(null)}
            onKeyDown={onKey}
            className="touch-pan-y select-none"
          >
            {yTicks.map((tick) => (
              <g key={tick}>
                <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y.place(tick)} y2={y.place(tick)} stroke="rgb(var(--line))" strokeWidth={1} opacity={0.7} />
                <text x={MARGIN.left - 8} y={y.place(tick)} textAnchor="end" dominantBaseline="middle" fontSize={12} fill="rgb(var(--muted))">
                  {formatY(tick)}
                </text>
              </g>
            ))}
            {xTicks.map((tick) => (
              <text key={tick} x={x.place(tick)} y={height - MARGIN.bottom + 18} textAnchor="middle" fontSize={12} fill="rgb(var(--muted))">
                {formatX(tick)}
              </text>
            ))}
            {xTitle && (
              <text x={width - MARGIN.right} y={height - 4} textAnchor="end" fontSize={12} fill="rgb(var(--muted))">
                {xTitle}
              </text>
            )}
            {yTitle && (
              <text x={MARGIN.left - 8} y={12} textAnchor="middle" fontSize={12} fill="rgb(var(--muted))">
                {yTitle}
              </text>
            )}
            {markX && markX.x >= x.from && markX.x <= x.to && (
              <g>
                <line x1={x.place(markX.x)} x2={x.place(markX.x)} y1={MARGIN.top} y2={height - MARGIN.bottom} stroke="rgb(var(--muted))" strokeDasharray="2 4" />
                <text x={x.place(markX.x) + 6} y={MARGIN.top + 10} fontSize={12} fill="rgb(var(--muted))">
                  {markX.label}
                </text>
              </g>
            )}
            {gaps.map((place) => (
              <path key={`gap ${place}`} d={`M${x.place(place) - 3} ${height - MARGIN.bottom - 8}l6 6m0 -6l-6 6`} stroke="rgb(var(--muted))" strokeWidth={1.25} />
            ))}
            {series.map((line) => (
              <SeriesMarks key={line.key} line={line} x={x.place} y={y.place} />
            ))}
            {focus !== null && (
              <g pointerEvents="none">
                <line x1={x.place(focus)} x2={x.place(focus)} y1={MARGIN.top} y2={height - MARGIN.bottom} stroke="rgb(var(--text))" opacity={0.45} />
                {spoken(series).map((line) =>
                  line.points
                    .filter((point) => point.x === focus)
                    .map((point, index) => (
                      <circle key={`${line.key} ${index}`} cx={x.place(point.x)} cy={y.place(point.y)} r={4.5} fill={line.colour} stroke="rgb(var(--surface))" strokeWidth={2} />
                    )),
                )}
              </g>
            )}
          </svg>
        )}
      </div>
    </figure>
  );
}

const spoken = (series: readonly ChartSeries[]) => series.filter((line) => !line.silent);

function SeriesMarks({ line, x, y }: { line: ChartSeries; x: (value: number) => number; y: (value: number) => number }) {
  const style = line.style ?? 'both';
  const path = line.points.map((point, index) => `${index ? 'L' : 'M'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`).join('');
  return (
    <g>
      {style !== 'points' && <path d={path} fill="none" stroke={line.colour} strokeWidth={1.75} strokeLinejoin="round" strokeDasharray={line.dashed ? '5 4' : undefined} />}
      {line.points.map((point, index) =>
        point.low == null && point.high == null ? null : (
          <line key={`whisker ${index}`} x1={x(point.x)} x2={x(point.x)} y1={y(point.low ?? point.y)} y2={y(point.high ?? point.y)} stroke={line.colour} strokeWidth={1} opacity={0.6} />
        ),
      )}
      {style !== 'line' &&
        line.points.map((point, index) => <circle key={index} cx={x(point.x)} cy={y(point.y)} r={line.points.length > 60 ? 1.75 : 2.5} fill={point.hollow ? 'rgb(var(--surface))' : line.colour} stroke={line.colour} strokeWidth={point.hollow ? 1.25 : 0} />)}
    </g>
  );
}

/** Ticks far enough apart for their words. */
function thinned(ticks: readonly number[], place: (tick: number) => number, gap: number): number[] {
  const kept: number[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (last === undefined || place(tick) - place(last) >= gap) kept.push(tick);
  }
  return kept;
}
