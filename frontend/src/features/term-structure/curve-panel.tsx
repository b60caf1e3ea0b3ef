'use client';

import { ChartNoAxesColumn } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import type { ChartSeries } from '@/charts/line-chart';
import { LineChart } from '@/charts/line-chart';
import { seriesColour } from '@/charts/theme';
import { POLL_MS } from '@/config/desk';
import { cx } from '@/lib/cx';
import { decimalsOfTick, decimalsSeen, formatCount, formatNumber, formatSignedPercent } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import { daysBetween, formatDate, formatInstant, formatMonth } from '@/lib/time';
import { askEvery, withLive } from '@/stream/over';
import { curveTopic } from '@/stream/topics';
import { useTopic } from '@/stream/use-topic';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Failure, NotRenewed } from '@/ui/failure';
import { Flash } from '@/ui/flash';
import { Explained, Missing } from '@/ui/hint';
import { Notice } from '@/ui/notice';
import { useZone } from '@/ui/preferences';
import { SkeletonBlock } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import type { CurveAnswer, CurvePoint } from './model';
import { askedDays, comparedInstants, COMPARISONS, isoOfDay, monthTicks, pointAt, pricedPoints } from './model';

const NO_CURVES: CurveAnswer['compare'] = [];

interface CurvePanelProps {
  root: string;
  source?: string;
  tick: number | null;
}

/** The term structure of a product, with earlier ones laid over it. */
export function CurvePanel({ root, source, tick }: CurvePanelProps) {
  const { asOf, every } = useAsOf();
  const { query, change } = useQuery();
  const days = askedDays(query.get('compare'));
  const daysText = days.join(',');
  // Compared instants stand still while the page is looked at: a clock in the question would make every poll a new one.
  const [openedAt] = useState(() => new Date());
  const compare = useMemo(() => comparedInstants(daysText ? daysText.split(',') : [], asOf ? new Date(asOf) : openedAt), [daysText, asOf, openedAt]);
  const told = useTopic<CurveAnswer>(asOf ? null : curveTopic(root, source));
  const asked = useGet(
    '/api/v1/futures/{root}/curve',
    { path: { root }, query: { as_of: asOf, source, compare: compare.length ? compare.join(',') : undefined } },
    { every: every(askEvery(told, POLL_MS.curve)), keep: true },
  );
  // Earlier curves do not change: they are asked for, the present one is told.
  const curve = withLive(asked, told);
  const earlier = asked.state === 'ready' ? asked.data.compare : NO_CURVES;
  const present = curve.state === 'ready' ? curve.data : null;
  const drawn = useMemo(() => present && { ...present, compare: earlier }, [present, earlier]);
  const toggle = (value: string) => {
    const next = days.includes(value as never) ? days.filter((each) => each !== value) : [...days, value];
    change({ compare: next.join(',') || null });
  };

  return (
    <section aria-label="Term structure" className="flex flex-col gap-4">
      <div role="group" aria-label="Earlier curves laid over it" className="flex flex-wrap items-center gap-2 text-13 text-muted">
        Compare with
        {COMPARISONS.map(({ value, label }) => {
          const on = days.includes(value);
          return (
            <button key={value} type="button" aria-pressed={on} onClick={() => toggle(value)} className={cx('control', on && 'border-accent bg-raised')}>
              {on && <span className="h-2 w-2 rounded-full" style={{ background: seriesColour(1 + days.indexOf(value)) }} aria-hidden />}
              {label}
            </button>
          );
        })}
      </div>
      {curve.state === 'loading' && <SkeletonBlock className="h-80" label="The curve is on its way" />}
      {curve.state === 'failed' && <Failure problem={curve.problem} retry={curve.retry} />}
      {curve.state === 'ready' && (
        <>
          {curve.problem && <NotRenewed problem={curve.problem} retry={curve.retry} />}
          {drawn && <Drawn curve={drawn} asked={days.length} tick={tick} />}
        </>
      )}
    </section>
  );
}

function Drawn({ curve, asked, tick }: { curve: CurveAnswer; asked: number; tick: number | null }) {
  const [zone] = useZone();
  const series = useMemo(() => {
    const today: ChartSeries = { key: 'now', label: formatInstant(curve.as_of, zone, false), colour: seriesColour(0), points: pricedPoints(curve) };
    const earlier = curve.compare.map(
      (each, index): ChartSeries => ({ key: each.as_of, label: formatInstant(each.as_of, zone, false), colour: seriesColour(index + 1), points: pricedPoints(each), dashed: true }),
    );
    return [...earlier, today];
  }, [curve, zone]);
  const points = pricedPoints(curve);
  // A price that is the middle of a quote falls on half ticks.
  const decimals = tick === null ? 2 : Math.min(6, decimalsOfTick(tick / 2));

  if (points.length === 0) {
    return (
      <Notice icon={ChartNoAxesColumn} title="No contract has a price at this moment">
        A curve needs a quote, a trade or a settlement of its contracts.
      </Notice>
    );
  }
  return (
    <>
      <Summary curve={curve} />
      {curve.compare.length < asked && <p className="text-12 text-warn">Nothing is stored for {asked - curve.compare.length} of the moments to compare with.</p>}
      <div className="card p-4">
        <LineChart
          label={`Term structure of ${curve.root}`}
          series={series}
          height={320}
          ticksX={monthTicks([...new Set(series.flatMap((line) => line.points.map((point) => point.x)))].sort((a, b) => a - b))}
          formatX={(x) => formatMonth(isoOfDay(x))}
          formatY={(y) => formatNumber(y, Math.min(decimals, decimalsSeen([Number(y.toPrecision(8))], 0, decimals)))}
          yTitle={curve.currency ?? undefined}
          xTitle="Expiry"
          readout={(x) => <Readout curve={curve} x={x} decimals={decimals} />}
        />
      </div>
      <CurveTable curve={curve} decimals={decimals} />
    </>
  );
}

function Summary({ curve }: { curve: CurveAnswer }) {
  if (curve.shape === null) return <p className="text-13 text-muted">Fewer than two contracts have a price, so the curve has no shape.</p>;
  const words = { contango: 'Contango', backwardation: 'Backwardation', flat: 'Flat' }[curve.shape];
  const hint = curve.shape === 'contango' ? TERMS.contango : curve.shape === 'backwardation' ? TERMS.backwardation : 'The first two contracts cost the same.';
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 text-13 text-muted">
      <Explained hint={hint} className="text-16 font-semibold text-text">
        {words}
      </Explained>
      {curve.shape_pct_annualised !== null && <span className="text-16 font-semibold text-text">{formatSignedPercent(curve.shape_pct_annualised / 100, 1)} a year</span>}
      <span>between the first two contracts</span>
      {curve.reference && (
        <span>
          · basis against {curve.reference.symbol} ({curve.reference.kind})
        </span>
      )}
    </p>
  );
}

function Readout({ curve, x, decimals }: { curve: CurveAnswer; x: number; decimals: number }) {
  const point = pointAt(curve, x);
  const earlier = curve.compare.map((each) => pointAt(each, x)?.price ?? null);
  return (
    <span className="inline-flex flex-wrap gap-x-4">
      <span className="font-semibold">{point?.symbol ?? formatDate(isoOfDay(x))}</span>
      {point?.price != null && <span>{formatNumber(point.price, decimals)}</span>}
      {point?.basis_annualised != null && <span>basis {formatSignedPercent(point.basis_annualised, 1)} a year</span>}
      {point?.expiry && <span>{daysBetween(curve.as_of, point.expiry)} days</span>}
      {earlier.map((price, index) => price !== null && <span key={index} style={{ color: seriesColour(index + 1) }}>{formatNumber(price, decimals)}</span>)}
    </span>
  );
}

function CurveTable({ curve, decimals }: { curve: CurveAnswer; decimals: number }) {
  const columns = useMemo(
    (): Column<CurvePoint>[] => [
      { id: 'symbol', header: 'Contract', accessorFn: (row) => row.symbol, meta: { align: 'left' }, cell: ({ row }) => <span className="name font-medium">{row.original.symbol}</span> },
      { id: 'expiry', header: 'Expiry', accessorFn: (row) => row.expiry ?? '', meta: { align: 'left', hint: TERMS.expiry }, cell: ({ row }) => (row.original.expiry ? formatDate(row.original.expiry) : 'Perpetual') },
      {
        id: 'price',
        header: 'Price',
        accessorFn: (row) => row.price ?? -Infinity,
        cell: ({ row }) => (row.original.price === null ? <Missing reason="No quote, trade or settlement" /> : <Flash value={row.original.price} text={formatNumber(row.original.price, decimals)} />),
      },
      { id: 'basis', header: 'Basis', accessorFn: (row) => row.basis_annualised ?? -Infinity, meta: { hint: TERMS.basis, unit: '% a year' }, cell: ({ row }) => percent(row.original.basis_annualised) },
      { id: 'roll', header: 'Roll yield', accessorFn: (row) => row.roll_yield_annualised ?? -Infinity, meta: { hint: TERMS.roll_yield, unit: '% a year' }, cell: ({ row }) => percent(row.original.roll_yield_annualised) },
      { id: 'volume', header: 'Volume', accessorFn: (row) => row.volume ?? -Infinity, meta: { hint: TERMS.volume }, cell: ({ row }) => count(row.original.volume) },
      { id: 'oi', header: 'OI', accessorFn: (row) => row.open_interest ?? -Infinity, meta: { hint: TERMS.open_interest }, cell: ({ row }) => count(row.original.open_interest) },
    ],
    [decimals],
  );
  return <DataTable label="Term structure as a table" rows={curve.points} columns={columns} rowKey={(row) => row.symbol} />;
}

function percent(value: number | null) {
  return value === null ? <Missing reason="No neighbour with a price to measure against" /> : formatSignedPercent(value, 2);
}

function count(value: number | null) {
  return value === null ? <Missing reason="Not reported" /> : formatCount(value);
}
