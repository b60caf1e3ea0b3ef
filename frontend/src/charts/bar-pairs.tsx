'use client';

import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useState } from 'react';
import { extent, linearScale, niceTicks } from '@/lib/scale';
import { useWidth } from './use-width';

export interface BarPair {
  x: number;
  first: number | null;
  second: number | null;
}

interface BarPairsProps {
  label: string;
  bars: readonly BarPair[];
  names: readonly [string, string];
  height?: number;
  formatX: (x: number) => string;
  formatY: (y: number) => string;
  marks?: ReadonlyArray<{ x: number; label: string }>;
  readout: (bar: BarPair) => ReactNode;
}

const MARGIN = { top: 34, right: 12, bottom: 26, left: 64 };
const COLOURS = ['rgb(var(--accent))', 'rgb(var(--warn))'] as const;

/** Two bars at each place, from zero up or down; walked by pointer or arrow keys. The second is striped. */
export function BarPairs({ label, bars, names, height = 260, formatX, formatY, marks = [], readout }: BarPairsProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const range = extent([0, ...bars.flatMap((bar) => [bar.first ?? 0, bar.second ?? 0])]) ?? [0, 1];
  const y = linearScale(range[0], range[1] > range[0] ? range[1] : range[0] + 1, height - MARGIN.bottom, MARGIN.top);
  const step = Math.max(1, width - MARGIN.left - MARGIN.right) / Math.max(1, bars.length);
  const middle = (index: number) => MARGIN.left + (index + 0.5) * step;
  const thick = Math.max(1, Math.min(14, step * 0.4));
  const every = Math.max(1, Math.ceil(56 / step));
  const looked = at === null ? undefined : bars[at];

  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - MARGIN.left) / step);
    setAt(index >= 0 && index < bars.length ? index : null);
  };
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') setAt(null);
    if (!by) return;
    event.preventDefault();
    setAt((was) => Math.min(bars.length - 1, Math.max(0, was === null ? Math.floor(bars.length / 2) : was + by)));
  };
  /** Where a value of the axis falls between the bars. */
  const placeOf = (value: number) => {
    const after = bars.findIndex((bar) => bar.x >= value);
    if (after < 0) return null;
    const [low, high] = [bars[after - 1]?.x, bars[after]?.x];
    if (high === undefined || (low === undefined && high !== value)) return null;
    return low === undefined ? middle(after) : middle(after - 1) + (step * (value - low)) / (high - low);
  };

  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1 text-12 text-muted">
        {names.map((name, index) => (
          <span key={name} className="inline-flex items-center gap-2">
            <span className="h-2 w-3" style={{ background: index ? `repeating-linear-gradient(135deg, ${COLOURS[1]} 0 2px, transparent 2px 4px)` : COLOURS[0] }} aria-hidden />
            {name}
          </span>
        ))}
        <span className="ml-auto text-text" aria-live="polite">
          {looked && readout(looked)}
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
            onPointerLeave={() => setAt(null)}
            onKeyDown={onKey}
            className="touch-pan-y select-none"
          >
            <defs>
              <pattern id="second-bar" width={4} height={4} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width={2.5} height={4} fill={COLOURS[1]} />
              </pattern>
            </defs>
            {niceTicks(y.from, y.to, 4).map((tick) => (
              <g key={tick}>
                <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y.place(tick)} y2={y.place(tick)} stroke="rgb(var(--line))" opacity={tick === 0 ? 1 : 0.6} />
                <text x={MARGIN.left - 8} y={y.place(tick)} textAnchor="end" dominantBaseline="middle" fontSize={12} fill="rgb(var(--muted))">
                  {formatY(tick)}
                </text>
              </g>
            ))}
            {bars.map((bar, index) => (
              <g key={bar.x} opacity={at === null || at === index ? 1 : 0.55}>
                <Bar x={middle(index) - thick} width={thick} from={y.place(0)} to={y.place(bar.first ?? 0)} fill={COLOURS[0]} />
                <Bar x={middle(index)} width={thick} from={y.place(0)} to={y.place(bar.second ?? 0)} fill={thick > 3 ? 'url(#second-bar)' : COLOURS[1]} />
                {index % every === 0 && (
                  <text x={middle(index)} y={height - 8} textAnchor="middle" fontSize={12} fill="rgb(var(--muted))">
                    {formatX(bar.x)}
                  </text>
                )}
              </g>
            ))}
            {marks.map((mark, row) => {
              const x = placeOf(mark.x);
              return (
                x !== null && (
                  <g key={mark.label}>
                    <line x1={x} x2={x} y1={MARGIN.top - 6} y2={height - MARGIN.bottom} stroke="rgb(var(--text))" strokeDasharray={row ? '5 3' : '2 4'} opacity={0.7} />
                    <text x={x + 4} y={12 + (row % 2) * 14} fontSize={12} fill="rgb(var(--text))" textAnchor={x > width - 110 ? 'end' : 'start'}>
                      {mark.label}
                    </text>
                  </g>
                )
              );
            })}
          </svg>
        )}
      </div>
    </figure>
  );
}

function Bar({ x, width, from, to, fill }: { x: number; width: number; from: number; to: number; fill: string }) {
  return <rect x={x} width={width} y={Math.min(from, to)} height={Math.abs(to - from)} fill={fill} />;
}
