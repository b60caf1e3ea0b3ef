'use client';

import { ChartNoAxesColumn } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import type { ChartSeries } from '@/charts/line-chart';
import { LineChart } from '@/charts/line-chart';
import { seriesColour } from '@/charts/theme';
import { POLL_MS } from '@/config/desk';
import { askedEarlier, earlierMoment } from '@/lib/earlier';
import { fileAddress, FILES } from '@/lib/file-address';
import { decimalsOfTick, decimalsSeen, formatCount, formatNumber, formatSignedPercent } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import { daysBetween, formatDate, formatInstant, formatMonth } from '@/lib/time';
import { askEvery, withLive } from '@/stream/over';
import { curveTopic } from '@/stream/topics';
import { useTopic } from '@/stream/use-topic';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { EarlierMoments } from '@/ui/earlier-moments';
import { ExportLinks } from '@/ui/export-links';
import { Failure, NotRenewed } from '@/ui/failure';
import { Flash } from '@/ui/flash';
import { Explained, Missing } from '@/ui/hint';
import { Notice } from '@/ui/notice';
import { useZone } from '@/ui/preferences';
import { SkeletonBlock } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import type { Compared, CurveAnswer, CurvePoint } from './model';
import { comparedCurves, COMPARISONS, frontRollYield, isoOfDay, monthTicks, pointAt, pointBeside, pricedPoints, shapeWords } from './model';

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
  const days = askedEarlier(query.get('compare'), COMPARISONS);
  const daysText = days.join(',');
  // Compared instants stand still while the page is looked at: a clock in the question would make every poll a new one.
  const [openedAt] = useState(() => new Date());
  const moments = useMemo(() => (daysText ? daysText.split(',') : []).map((each) => earlierMoment(each, asOf ? new Date(asOf) : openedAt)), [daysText, asOf, openedAt]);
  const told = useTopic<CurveAnswer>(asOf ? null : curveTopic(root, source));
  const asked = useGet(
    '/api/v1/futures/{root}/curve',
    { path: { root }, query: { as_of: asOf, source, compare: moments.length ? moments.join(',') : undefined } },
    { every: every(askEvery(told, POLL_MS.curve)), keep: true },
  );
  // Earlier curves do not change: they are asked for, the present one is told.
  const curve = withLive(asked, told);
  const earlier = asked.state === 'ready' ? asked.data.compare : NO_CURVES;
  const [changedAt, setChangedAt] = useState(0);
  const isAnswered = asked.state === 'ready' && asked.receivedAt > changedAt;
  const compared = useMemo(() => comparedCurves(daysText ? daysText.split(',') : [], moments, earlier), [daysText, moments, earlier]);
  const compare = (next: string[]) => {
    setChangedAt(Date.now());
    change({ compare: next.join(',') || null });
  };

  return (
    <section aria-label="Term structure" className="flex flex-col gap-4">
      <EarlierMoments label="Compare with" offered={COMPARISONS} asked={days} onChange={compare} colourOf={(value) => seriesColour(1 + days.indexOf(value))} />
      {curve.state === 'loading' && <SkeletonBlock className="h-80" label="The curve is on its way" />}
      {curve.state === 'failed' && <Failure problem={curve.problem} retry={curve.retry} />}
      {curve.state === 'ready' && (
        <>
          {curve.problem && <NotRenewed problem={curve.problem} retry={curve.retry} />}
          <Drawn curve={curve.data} compared={compared} isAnswered={isAnswered} tick={tick} />
          <ExportLinks label="The curve" links={FILES.map(([form, format]) => ({ form, href: fileAddress(`/futures/${encodeURIComponent(root)}/curve`, format, { as_of: asOf, source, compare: moments.join(',') }) }))} />
        </>
      )}
    </section>
  );
}

interface DrawnProps {
  curve: CurveAnswer;
  compared: readonly Compared[];
  /** Whether what is compared is the answer to what is asked for now. */
  isAnswered: boolean;
  tick: number | null;
}

function Drawn({ curve, compared, isAnswered, tick }: DrawnProps) {
  const [zone] = useZone();
  const series = useMemo(() => {
    const today: ChartSeries = { key: 'now', label: formatInstant(curve.as_of, zone, false), colour: seriesColour(0), points: pricedPoints(curve) };
    const earlier = compared.flatMap(({ asked, curve: then }, at): ChartSeries[] =>
      then === null ? [] : [{ key: asked, label: formatInstant(then.as_of, zone, false), colour: seriesColour(at + 1), points: pricedPoints(then), dashed: true }],
    );
    return [...earlier, today];
  }, [curve, compared, zone]);
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
      {compared.length > 0 && <Earlier compared={compared} isAnswered={isAnswered} />}
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
          readout={(x) => <Readout curve={curve} compared={compared} x={x} decimals={decimals} />}
        />
      </div>
      <CurveTable curve={curve} compared={compared} decimals={decimals} />
    </>
  );
}

function Summary({ curve }: { curve: CurveAnswer }) {
  if (curve.shape === null) return <p className="text-13 text-muted">Fewer than two contracts have a price, so the curve has no shape.</p>;
  const hint = curve.shape === 'contango' ? TERMS.contango : curve.shape === 'backwardation' ? TERMS.backwardation : 'The first two contracts cost the same.';
  const earned = frontRollYield(curve);
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 text-13 text-muted">
      <Explained hint={hint} className="text-16 font-semibold text-text">
        {shapeWords(curve)}
      </Explained>
      <span>between the first two contracts</span>
      {earned !== null && (
        <span data-testid="roll-yield">
          · <Explained hint={TERMS.roll_yield}>roll yield</Explained> <span className="font-medium text-text">{formatSignedPercent(earned, 2)} a year</span>
        </span>
      )}
      {curve.reference && (
        <span>
          · basis against {curve.reference.symbol} ({curve.reference.kind})
        </span>
      )}
    </p>
  );
}

/** What the curve was like at each of the moments laid over it. */
function Earlier({ compared, isAnswered }: { compared: readonly Compared[]; isAnswered: boolean }) {
  return (
    <ul aria-label="Earlier curves" className="flex flex-wrap gap-x-6 gap-y-1 text-13 text-muted">
      {compared.map(({ asked, label, curve }, at) => (
        <li key={asked} className="inline-flex items-baseline gap-2">
          <span className="h-2 w-2 flex-none self-center rounded-full" style={{ background: seriesColour(at + 1) }} aria-hidden />
          {label}:{' '}
          {curve ? <span className="text-text">{shapeWords(curve) ?? 'no shape, for fewer than two contracts had a price'}</span> : isAnswered ? <span className="text-warn">nothing is stored for that moment</span> : 'on its way'}
        </li>
      ))}
    </ul>
  );
}

interface ReadoutProps {
  curve: CurveAnswer;
  compared: readonly Compared[];
  x: number;
  decimals: number;
}

function Readout({ curve, compared, x, decimals }: ReadoutProps) {
  const point = pointAt(curve, x);
  return (
    <span className="inline-flex flex-wrap gap-x-4">
      <span className="font-semibold">{point?.symbol ?? formatDate(isoOfDay(x))}</span>
      {point?.price != null && <span>{formatNumber(point.price, decimals)}</span>}
      {point?.basis_annualised != null && <span>basis {formatSignedPercent(point.basis_annualised, 1)} a year</span>}
      {point?.roll_yield_annualised != null && <span>roll yield {formatSignedPercent(point.roll_yield_annualised, 1)} a year</span>}
      {point?.expiry && <span>{daysBetween(curve.as_of, point.expiry)} days</span>}
      {compared.map(({ asked, label, curve: then }, at) => {
        const price = then && pointBeside(then, point, x)?.price;
        return (
          price != null && (
            <span key={asked} style={{ color: seriesColour(at + 1) }}>
              {label} {formatNumber(price, decimals)}
            </span>
          )
        );
      })}
    </span>
  );
}

function CurveTable({ curve, compared, decimals }: { curve: CurveAnswer; compared: readonly Compared[]; decimals: number }) {
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
      ...compared.flatMap(({ asked, label, curve: then }): Column<CurvePoint>[] => {
        if (then === null) return [];
        const priceThen = (row: CurvePoint) => then.points.find((each) => each.symbol === row.symbol)?.price ?? null;
        return [
          {
            id: `then ${asked}`,
            header: label,
            accessorFn: (row) => priceThen(row) ?? -Infinity,
            meta: { hint: TERMS.as_of },
            cell: ({ row }) => {
              const price = priceThen(row.original);
              return price === null ? <Missing reason="It had no price then" /> : formatNumber(price, decimals);
            },
          },
        ];
      }),
      { id: 'basis', header: 'Basis', accessorFn: (row) => row.basis_annualised ?? -Infinity, meta: { hint: TERMS.basis, unit: '% a year' }, cell: ({ row }) => percent(row.original.basis_annualised) },
      { id: 'roll', header: 'Roll yield', accessorFn: (row) => row.roll_yield_annualised ?? -Infinity, meta: { hint: TERMS.roll_yield, unit: '% a year' }, cell: ({ row }) => percent(row.original.roll_yield_annualised) },
      { id: 'volume', header: 'Volume', accessorFn: (row) => row.volume ?? -Infinity, meta: { hint: TERMS.volume }, cell: ({ row }) => count(row.original.volume) },
      { id: 'oi', header: 'OI', accessorFn: (row) => row.open_interest ?? -Infinity, meta: { hint: TERMS.open_interest }, cell: ({ row }) => count(row.original.open_interest) },
    ],
    [decimals, compared],
  );
  return <DataTable label="Term structure as a table" rows={curve.points} columns={columns} rowKey={(row) => row.symbol} />;
}

function percent(value: number | null) {
  return value === null ? <Missing reason="No neighbour with a price to measure against" /> : formatSignedPercent(value, 2);
}

function count(value: number | null) {
  return value === null ? <Missing reason="Not reported" /> : formatCount(value);
}
