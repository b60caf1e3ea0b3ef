'use client';

import { useMemo, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { LineChart } from '@/charts/line-chart';
import { seriesColour } from '@/charts/theme';
import { POLL_MS } from '@/config/desk';
import { formatSigned } from '@/lib/format';
import { priceDecimals } from '@/lib/quote';
import { formatDate, formatInstant } from '@/lib/time';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Failure } from '@/ui/failure';
import { useZone } from '@/ui/preferences';
import { Segmented } from '@/ui/segmented';
import { SkeletonBlock } from '@/ui/skeleton';
import type { Bars, PastPoint, Spread } from './model';
import { pastOf } from './model';

const LENGTHS = [
  { value: '1d', label: 'Daily' },
  { value: '1h', label: 'Hourly' },
  { value: '1m', label: 'By the minute' },
] as const;
type Length = (typeof LENGTHS)[number]['value'];
const MOST_POINTS = 500;
const NO_BARS: Bars['items'] = [];

interface SpreadPastProps {
  spread: Spread;
  source?: string;
  tick: number | null;
}

/** A spread's past, from the closes of its legs' bars. */
export function SpreadPast({ spread, source, tick }: SpreadPastProps) {
  const [length, setLength] = useState<Length>('1d');
  const legs = useLegBars(spread, length, source);
  const failed = legs.find((leg) => leg.state === 'failed');
  const isThere = legs.every((leg) => leg.state === 'ready' || leg.state === 'idle');
  const [first, second, third] = legs.map((leg) => (leg.state === 'ready' ? leg.data.items : NO_BARS));
  // Every beat makes the spread anew; its past changes with its bars alone.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const points = useMemo(() => pastOf(spread, [first, second, third].flatMap((items) => (items ? [items] : [])).slice(0, spread.legs.length)), [spread.name, first, second, third]);

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented label="Length of a bar" choices={LENGTHS} value={length} onChange={setLength} />
        <p className="text-12 text-muted">Closes of the legs&rsquo; bars of one time; where a leg has none, no point.</p>
      </div>
      {failed?.state === 'failed' && <Failure problem={failed.problem} retry={failed.retry} />}
      {!failed && !isThere && <SkeletonBlock className="h-60" label="The past of the spread is on its way" />}
      {!failed && isThere && (points.length < 2 ? <p className="text-13 text-muted">The legs have no two bars of the same time at this length.</p> : <Drawn spread={spread} points={points} length={length} tick={tick} />)}
    </div>
  );
}

/** The bars of up to three legs; idle where a spread has only two. */
function useLegBars(spread: Spread, interval: Length, source?: string) {
  const { asOf, every } = useAsOf();
  const symbols = spread.legs.map((leg) => leg.contract.symbol);
  const query = { interval, as_of: asOf, source, limit: MOST_POINTS };
  const options = { every: every(POLL_MS.slow) };
  const path = '/api/v1/instruments/{symbol}/bars' as const;
  const first = useGet(symbols[0] ? path : null, { path: { symbol: symbols[0] ?? '' }, query }, options);
  const second = useGet(symbols[1] ? path : null, { path: { symbol: symbols[1] ?? '' }, query }, options);
  const third = useGet(symbols[2] ? path : null, { path: { symbol: symbols[2] ?? '' }, query }, options);
  return [first, second, third];
}

interface DrawnProps {
  spread: Spread;
  points: readonly PastPoint[];
  length: Length;
  tick: number | null;
}

function Drawn({ spread, points, length, tick }: DrawnProps) {
  const [zone] = useZone();
  const decimals = priceDecimals(tick, 'mid');
  const place = (ts: string) => (length === '1d' ? formatDate(ts.slice(0, 10)) : formatInstant(ts, zone, false));
  const words = (x: number) => place(new Date(x).toISOString());
  const series = [{ key: 'spread', label: spread.name, colour: seriesColour(0), style: 'line' as const, points: points.map(({ ts, value }) => ({ x: Date.parse(ts), y: value })) }];
  const columns = useMemo(
    (): Column<PastPoint>[] => [
      { id: 'ts', header: 'Time', accessorFn: (row) => row.ts, meta: { align: 'left' }, cell: ({ row }) => place(row.original.ts) },
      { id: 'value', header: 'Spread', accessorFn: (row) => row.value, cell: ({ row }) => formatSigned(row.original.value, decimals) },
    ],
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [decimals, length, zone],
  );
  return (
    <>
      <LineChart label={`Past of ${spread.name}`} series={series} height={240} formatX={words} formatY={(y) => formatSigned(y, decimals)} readout={(x) => <Readout points={points} x={x} words={words} decimals={decimals} />} />
      <details>
        <summary className="cursor-pointer text-13 text-muted">As a table</summary>
        <div className="mt-2 max-h-80 overflow-y-auto">
          <DataTable label={`Past of ${spread.name} as a table`} rows={[...points].reverse()} columns={columns} rowKey={(row) => row.ts} />
        </div>
      </details>
    </>
  );
}

function Readout({ points, x, words, decimals }: { points: readonly PastPoint[]; x: number; words: (x: number) => string; decimals: number }) {
  const point = points.find((each) => Date.parse(each.ts) === x);
  return (
    <span className="inline-flex flex-wrap gap-x-4">
      <span className="font-semibold">{words(x)}</span>
      {point && <span>{formatSigned(point.value, decimals)}</span>}
    </span>
  );
}
