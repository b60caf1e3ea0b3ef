'use client';

import type { KeyboardEvent, PointerEvent } from 'react';
import { useMemo, useState } from 'react';
import { useWidth } from '@/charts/use-width';
import { formatNumber, formatPercent } from '@/lib/format';
import { extent, linearScale, nearestIndex, niceTicks, padded, type Scale } from '@/lib/scale';
import type { Shifts } from './model';
import { dayWords, horizonWords, labelAnchors, moneyWords, priceDecimals } from './model';
import type { Evaluation, Grid } from './valuation';
import { profitLine } from './valuation';

const HEIGHT = 360;
/** Pixels that a written price takes. */
const ROOM_OF_A_PRICE = 64;
const MARGIN = { top: 26, right: 16, bottom: 36, left: 64 };

/** Profit by price: at the first expiry solid, on the day looked at dashed; read by pointer, touch or arrow keys. */
export function PayoffChart({ evaluation, shifts }: { evaluation: Evaluation; shifts: Shifts }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [focus, setFocus] = useState<number | null>(null);
  const { grid } = evaluation;
  const looked = useMemo(() => profitLine(evaluation, shifts.days, shifts.iv), [evaluation, shifts.days, shifts.iv]);
  if (!grid) return null;
  const last = grid.prices.length - 1;
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (event.key === 'Escape') setFocus(null);
    if (!step) return;
    event.preventDefault();
    const from = focus ?? nearestIndex(grid.prices, evaluation.reference?.price ?? 0);
    setFocus(Math.min(last, Math.max(0, from + step)));
  };
  return (
    <figure className="card flex flex-col gap-1 p-3">
      <figcaption className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 text-12 text-muted">
        <Key words={`At expiry, ${horizonWords(evaluation)}`} />
        <Key dashed words={shifts.days > 0 ? `On ${dayWords(evaluation.as_of, Math.min(shifts.days, evaluation.horizon?.days ?? 0))}` : 'Today'} />
        <span className="num ml-auto text-text" aria-live="polite">
          {focus !== null && <Reading evaluation={evaluation} grid={grid} looked={looked} at={focus} />}
        </span>
      </figcaption>
      <div ref={box} style={{ height: HEIGHT }}>
        {width > 0 && <Picture evaluation={evaluation} grid={grid} looked={looked} width={width} focus={focus} shifts={shifts} onFocus={setFocus} onKey={onKey} />}
      </div>
    </figure>
  );
}

function Key({ words, dashed = false }: { words: string; dashed?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2">
      <svg width={20} height={8} aria-hidden>
        <line x1={0} x2={20} y1={4} y2={4} stroke={dashed ? 'rgb(var(--accent))' : 'rgb(var(--text))'} strokeWidth={2} strokeDasharray={dashed ? '5 4' : undefined} />
      </svg>
      {words}
    </span>
  );
}

function Reading({ evaluation, grid, looked, at }: { evaluation: Evaluation; grid: Grid; looked: readonly number[]; at: number }) {
  const price = grid.prices[at] ?? 0;
  const reference = evaluation.reference?.price ?? price;
  return (
    <>
      {formatNumber(price, priceDecimals(reference))} ({formatPercent(price / reference - 1)}): {moneyWords(grid.at_horizon[at] ?? 0, evaluation.currency, true)} at expiry, {moneyWords(looked[at] ?? 0, null, true)} before
    </>
  );
}

interface PictureProps {
  evaluation: Evaluation;
  grid: Grid;
  looked: readonly number[];
  width: number;
  focus: number | null;
  shifts: Shifts;
  onFocus: (at: number | null) => void;
  onKey: (event: KeyboardEvent) => void;
}

function Picture({ evaluation, grid, looked, width, focus, shifts, onFocus, onKey }: PictureProps) {
  const { prices, at_horizon: ends } = grid;
  const x = linearScale(prices[0] ?? 0, prices.at(-1) ?? 1, MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right));
  const [low, high] = padded(extent([...ends, ...looked, 0]) ?? [0, 1]);
  const y = linearScale(low, high, HEIGHT - MARGIN.bottom, MARGIN.top);
  const reference = evaluation.reference?.price ?? 0;
  const decimals = priceDecimals(reference);
  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
    onFocus(nearestIndex(prices, x.value(at)));
  };
  const zero = y.place(0);
  const crossings = (evaluation.break_evens ?? []).filter((price) => price >= x.from && price <= x.to);
  const anchors = labelAnchors(crossings.map(x.place), ROOM_OF_A_PRICE);
  return (
    // The picture is walked with the arrow keys; what it shows is written above it and in the table below.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <svg
      width={width}
      height={HEIGHT}
      role="application"
      aria-label="Profit and loss by price. Arrow keys walk along it."
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerMove={onMove}
      onPointerDown={onMove}
      onPointerLeave={() => onFocus(null)}
      onKeyDown={onKey}
      className="touch-pan-y select-none"
    >
      <Bands evaluation={evaluation} x={x} />
      {niceTicks(low, high, 6).map((tick) => (
        <g key={tick}>
          <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y.place(tick)} y2={y.place(tick)} stroke="rgb(var(--line))" opacity={0.7} />
          <text x={MARGIN.left - 8} y={y.place(tick)} textAnchor="end" dominantBaseline="middle" fontSize={12} fill="rgb(var(--muted))">
            {formatNumber(tick, Math.abs(high - low) < 10 ? 1 : 0)}
          </text>
        </g>
      ))}
      {niceTicks(x.from, x.to, Math.max(2, Math.floor(width / 90))).map((tick) => (
        <text key={tick} x={x.place(tick)} y={HEIGHT - MARGIN.bottom + 18} textAnchor="middle" fontSize={12} fill="rgb(var(--muted))">
          {formatNumber(tick, decimalsOf(x.to - x.from))}
        </text>
      ))}
      <Areas prices={prices} ends={ends} x={x} y={y} />
      <line x1={MARGIN.left} x2={width - MARGIN.right} y1={zero} y2={zero} stroke="rgb(var(--muted))" strokeWidth={1} />
      <path d={lineOf(prices, looked, x, y)} fill="none" stroke="rgb(var(--accent))" strokeWidth={1.75} strokeDasharray="6 4" data-line="looked" />
      <path d={lineOf(prices, ends, x, y)} fill="none" stroke="rgb(var(--text))" strokeWidth={2} strokeLinejoin="round" data-line="horizon" />
      <Mark at={x.place(reference)} words={`${evaluation.reference?.symbol ?? 'price'} ${formatNumber(reference, decimals)}`} width={width} />
      {shifts.price !== 0 && <line x1={x.place(reference * (1 + shifts.price))} x2={x.place(reference * (1 + shifts.price))} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} stroke="rgb(var(--accent))" strokeWidth={1.5} />}
      <BandWords evaluation={evaluation} x={x} />
      {crossings.map((price, index) => (
        <g key={price} data-break-even={price}>
          <circle cx={x.place(price)} cy={zero} r={4} fill="rgb(var(--surface))" stroke="rgb(var(--text))" strokeWidth={2} />
          <text x={x.place(price)} y={zero - 9} textAnchor={anchors[index]} fontSize={12} fontWeight={500} fill="rgb(var(--text))" stroke="rgb(var(--surface))" strokeWidth={3} paintOrder="stroke">
            {formatNumber(price, decimals)}
          </text>
        </g>
      ))}
      {focus !== null && (
        <g pointerEvents="none">
          <line x1={x.place(prices[focus] ?? 0)} x2={x.place(prices[focus] ?? 0)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} stroke="rgb(var(--text))" opacity={0.45} />
          <circle cx={x.place(prices[focus] ?? 0)} cy={y.place(ends[focus] ?? 0)} r={4.5} fill="rgb(var(--text))" stroke="rgb(var(--surface))" strokeWidth={2} />
          <circle cx={x.place(prices[focus] ?? 0)} cy={y.place(looked[focus] ?? 0)} r={4.5} fill="rgb(var(--accent))" stroke="rgb(var(--surface))" strokeWidth={2} />
        </g>
      )}
    </svg>
  );
}

const decimalsOf = (span: number) => (span > 8 ? 0 : span > 0.8 ? 1 : 3);

const placeIn = (x: Scale, price: number) => x.place(Math.min(Math.max(price, x.from), x.to));

/** One and two standard deviations of the price at expiry. */
function Bands({ evaluation, x }: { evaluation: Evaluation; x: Scale }) {
  return (evaluation.probability?.bands ?? []).map(({ probability, low, high }) => (
    <rect key={probability} x={placeIn(x, low)} width={Math.max(0, placeIn(x, high) - placeIn(x, low))} y={MARGIN.top} height={HEIGHT - MARGIN.top - MARGIN.bottom} fill="rgb(var(--accent))" opacity={0.06} />
  ));
}

/** How likely the price ends in each band, above the lines. */
function BandWords({ evaluation, x }: { evaluation: Evaluation; x: Scale }) {
  const wide = (evaluation.probability?.bands ?? []).filter(({ low, high }) => placeIn(x, high) - placeIn(x, low) > 90);
  return wide.map(({ probability, low }) => (
    <text key={probability} x={placeIn(x, low) + 4} y={HEIGHT - MARGIN.bottom - 6 - (probability > 0.9 ? 14 : 0)} fontSize={12} fill="rgb(var(--muted))" stroke="rgb(var(--surface))" strokeWidth={3} paintOrder="stroke">
      {formatPercent(probability, 0)}
    </text>
  ));
}

/** Profit and loss as ground under the line; which is which is also told by its side of the zero line. */
function Areas({ prices, ends, x, y }: { prices: readonly number[]; ends: readonly number[]; x: Scale; y: Scale }) {
  const area = (part: (value: number) => number) => `${lineOf(prices, ends.map(part), x, y)}L${x.place(prices.at(-1) ?? 0).toFixed(1)} ${y.place(0).toFixed(1)}L${x.place(prices[0] ?? 0).toFixed(1)} ${y.place(0).toFixed(1)}Z`;
  return (
    <>
      <path d={area((value) => Math.max(value, 0))} fill="rgb(var(--up))" opacity={0.16} />
      <path d={area((value) => Math.min(value, 0))} fill="rgb(var(--down))" opacity={0.16} />
    </>
  );
}

function lineOf(prices: readonly number[], values: readonly number[], x: Scale, y: Scale): string {
  return values.map((value, index) => `${index ? 'L' : 'M'}${x.place(prices[index] ?? 0).toFixed(1)} ${y.place(value).toFixed(1)}`).join('');
}

function Mark({ at, words, width }: { at: number; words: string; width: number }) {
  const right = at > width * 0.6;
  return (
    <g>
      <line x1={at} x2={at} y1={MARGIN.top - 8} y2={HEIGHT - MARGIN.bottom} stroke="rgb(var(--muted))" strokeDasharray="2 4" />
      <text x={at + (right ? -6 : 6)} y={MARGIN.top - 10} textAnchor={right ? 'end' : 'start'} fontSize={12} fill="rgb(var(--muted))">
        {words}
      </text>
    </g>
  );
}
