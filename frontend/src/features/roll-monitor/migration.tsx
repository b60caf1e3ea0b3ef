'use client';

import { useMemo, useState } from 'react';
import type { ChartSeries } from '@/charts/line-chart';
import { LineChart } from '@/charts/line-chart';
import { seriesColour } from '@/charts/theme';
import { formatCount, formatPercent } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import { formatDate, formatDay } from '@/lib/time';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Explained, Missing } from '@/ui/hint';
import { Segmented } from '@/ui/segmented';
import type { Monitor } from './model';
import { countLines, isoOfDay, rowAt, shareLine } from './model';

const VIEWS = [
  { value: 'share', label: 'Share', hint: 'The next contract’s part of both.' },
  { value: 'volume', label: 'Volume', hint: TERMS.volume },
  { value: 'open_interest', label: 'Open interest', hint: TERMS.open_interest },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** How volume and open interest go from the front contract to the next, day by day. */
export function Migration({ monitor, front, next }: { monitor: Monitor; front: string; next: string }) {
  const [view, setView] = useState<View>('share');
  const series = useMemo((): ChartSeries[] => linesOf(monitor, view, front, next), [monitor, view, front, next]);
  const year = new Date(monitor.as_of).getUTCFullYear();
  if (monitor.migration.every((row) => row.volume_share === null && row.open_interest_share === null)) {
    return <p className="text-13 text-muted">Neither volume nor open interest of both contracts is stored, so how far the market has gone on is not known.</p>;
  }
  return (
    <>
      <div className="card p-4">
        <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
          <h2 className="text-14 font-semibold">
            From <span className="name">{front}</span> to <span className="name">{next}</span>: <Explained hint={TERMS.volume}>volume</Explained> and <Explained hint={TERMS.open_interest}>open interest</Explained>
          </h2>
          <Segmented label="What is drawn" choices={VIEWS} value={view} onChange={setView} />
        </div>
        {series.some((line) => line.points.length > 0) ? (
          <LineChart
            label={`Migration from ${front} to ${next}`}
            series={series}
            height={280}
            formatX={(x) => formatDay(isoOfDay(x), year)}
            formatY={(y) => (view === 'share' ? formatPercent(y, 0) : formatCount(y))}
            readout={(x) => <Readout monitor={monitor} day={x} />}
          />
        ) : (
          <p className="py-8 text-13 text-muted">None of these days has it stored.</p>
        )}
      </div>
      <MigrationTable monitor={monitor} />
    </>
  );
}

function linesOf(monitor: Monitor, view: View, front: string, next: string): ChartSeries[] {
  if (view === 'share') {
    return [
      { key: 'volume', label: `Volume, share of ${next}`, colour: seriesColour(0), points: shareLine(monitor, 'volume_share'), style: 'line' },
      { key: 'oi', label: `Open interest, share of ${next}`, colour: seriesColour(1), points: shareLine(monitor, 'open_interest_share'), style: 'line', dashed: true },
    ];
  }
  const lines = countLines(monitor, view);
  return [
    { key: 'front', label: front, colour: seriesColour(0), points: lines.front, style: 'line' },
    { key: 'next', label: next, colour: seriesColour(1), points: lines.next, style: 'line', dashed: true },
  ];
}

function Readout({ monitor, day }: { monitor: Monitor; day: number }) {
  const row = rowAt(monitor, day);
  if (!row) return null;
  const pair = (front: number | null, next: number | null) => `${front === null ? '·' : formatCount(front)} → ${next === null ? '·' : formatCount(next)}`;
  return (
    <span className="num inline-flex flex-wrap gap-x-4">
      <span className="font-semibold">{formatDate(row.date)}</span>
      <span>
        volume {pair(row.front_volume, row.next_volume)} {row.volume_share !== null && formatPercent(row.volume_share, 0)}
      </span>
      <span>
        open interest {pair(row.front_open_interest, row.next_open_interest)} {row.open_interest_share !== null && formatPercent(row.open_interest_share, 0)}
      </span>
    </span>
  );
}

type Day = Monitor['migration'][number];

function MigrationTable({ monitor }: { monitor: Monitor }) {
  const rows = useMemo(() => [...monitor.migration].reverse(), [monitor]);
  const columns = useMemo((): Column<Day>[] => {
    const cell = (id: keyof Day, header: string, hint: string, write: (value: number) => string): Column<Day> => ({
      id,
      header,
      accessorFn: (row) => row[id] ?? -1,
      meta: { hint },
      cell: ({ row }) => {
        const value = row.original[id];
        return typeof value === 'number' ? write(value) : <Missing reason="Not stored of that day" />;
      },
    });
    const share = (value: number) => formatPercent(value, 1);
    return [
      { id: 'date', header: 'Trade date', accessorFn: (row) => row.date, meta: { align: 'left' }, cell: ({ row }) => formatDate(row.original.date) },
      cell('front_volume', 'Front volume', TERMS.volume, formatCount),
      cell('next_volume', 'Next volume', TERMS.volume, formatCount),
      cell('volume_share', 'Share', 'The next contract’s part of both volumes.', share),
      cell('front_open_interest', 'Front interest', TERMS.open_interest, formatCount),
      cell('next_open_interest', 'Next interest', TERMS.open_interest, formatCount),
      cell('open_interest_share', 'Share', 'The next contract’s part of both open interests.', share),
    ];
  }, []);
  return (
    <details className="text-13">
      <summary className="w-fit cursor-pointer text-muted hover:text-text">The same as a table</summary>
      <div className="mt-3">
        <DataTable label="Migration as a table" rows={rows} columns={columns} rowKey={(row) => row.date} />
      </div>
    </details>
  );
}
