'use client';

import { Grid2x2X } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { decimalsOfStrikes, formatNumber } from '@/lib/format';
import { formatDate, formatDay, formatInstant } from '@/lib/time';
import { askEvery } from '@/stream/over';
import { surfaceTopic } from '@/stream/topics';
import { useNotice } from '@/stream/use-notice';
import { useTopic } from '@/stream/use-topic';
import { Choose } from '@/ui/choose';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { useZone } from '@/ui/preferences';
import { Segmented } from '@/ui/segmented';
import { SkeletonBlock } from '@/ui/skeleton';
import { useGridKeys } from '@/ui/use-grid-keys';
import { useQuery } from '@/ui/use-query';
import type { Heatmap, HeatmapSide } from './model';
import { cellWriter, METRICS, rampEnds, shader, strikesAtTheMoney, strikesDown } from './model';

const SIDES: ReadonlyArray<{ value: HeatmapSide; label: string; hint: string }> = [
  { value: 'otm', label: 'Out of the money', hint: 'Puts below the forward, calls above it; counts are of both.' },
  { value: 'call', label: 'Calls', hint: 'Calls at every strike.' },
  { value: 'put', label: 'Puts', hint: 'Puts at every strike.' },
];
const WIDTHS = [
  { value: 'atm:10', label: '10 around the money' },
  { value: 'atm:20', label: '20 around the money' },
  { value: 'pct:0.1', label: 'Within 10 %' },
  { value: 'pct:0.25', label: 'Within 25 %' },
] as const;

const NOTHING = () => undefined;

interface HeatmapPanelProps {
  underlying: string;
  source?: string;
  onOpenExpiry: (expiry: string, strike: number) => void;
}

/** Strikes down, expiries across, one number at a time. */
export function HeatmapPanel({ underlying, source, onOpenExpiry }: HeatmapPanelProps) {
  const { asOf, isLive, every } = useAsOf();
  const { query, change } = useQuery();
  const metric = METRICS.find((each) => each.value === query.get('metric'))?.value ?? 'iv';
  const side = SIDES.find((each) => each.value === query.get('side'))?.value ?? 'otm';
  const width = WIDTHS.find((each) => each.value === query.get('width'))?.value ?? 'atm:10';
  const told = useTopic<unknown>(isLive ? surfaceTopic(underlying, source) : null);
  const answer = useGet(
    '/api/v1/options/{underlying}/heatmap',
    { path: { underlying }, query: { metric, side, strikes: width, as_of: asOf, source } },
    { every: every(askEvery(told, POLL_MS.curve)), keep: true },
  );
  useNotice(told, answer.state === 'ready' ? answer.retry : NOTHING, POLL_MS.prices);

  return (
    <section aria-label="Heatmap" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Choose label="Show" choices={METRICS} value={metric} onChange={(value) => change({ metric: value === 'iv' ? null : value })} />
        <Segmented label="Options" choices={SIDES} value={side} onChange={(value) => change({ side: value === 'otm' ? null : value })} />
        <Choose label="Strikes" showLabel={false} choices={WIDTHS} value={width} onChange={(value) => change({ width: value === 'atm:10' ? null : value })} />
      </div>
      {answer.state === 'loading' && <SkeletonBlock className="h-96" label="The heatmap is on its way" />}
      {answer.state === 'failed' && <Failure problem={answer.problem} retry={answer.retry} />}
      {answer.state === 'ready' && (
        <>
          {answer.problem && <NotRenewed problem={answer.problem} retry={answer.retry} />}
          {rampEnds(answer.data) ? <HeatmapTable heatmap={answer.data} onOpenExpiry={onOpenExpiry} /> : <NothingKnown heatmap={answer.data} />}
        </>
      )}
    </section>
  );
}

function NothingKnown({ heatmap }: { heatmap: Heatmap }) {
  const change = heatmap.metric === 'change';
  return (
    <Notice icon={Grid2x2X} title={change ? 'Nothing earlier to compare with' : 'No option here has this number'}>
      {change ? 'The change is against the day before, of which nothing is stored.' : 'Choose another number, or more strikes.'}
    </Notice>
  );
}

function HeatmapTable({ heatmap, onOpenExpiry }: { heatmap: Heatmap; onOpenExpiry: (expiry: string, strike: number) => void }) {
  const [zone] = useZone();
  const table = useRef<HTMLTableElement>(null);
  const shade = useMemo(() => shader(heatmap), [heatmap]);
  const write = useMemo(() => cellWriter(heatmap), [heatmap]);
  const rows = useMemo(() => strikesDown(heatmap), [heatmap]);
  const decimals = decimalsOfStrikes(heatmap.strikes);
  const ends = rampEnds(heatmap);
  const money = useMemo(() => strikesAtTheMoney(heatmap), [heatmap]);
  const metric = METRICS.find((each) => each.value === heatmap.metric);
  const onKeyDown = useGridKeys(table, { rows: rows.length, columns: heatmap.expiries.length });
  const scroller = useRef<HTMLDivElement>(null);
  const moneyRow = rows.findIndex(({ strike }) => strike === money[0]);
  const shown = `${heatmap.underlying} ${heatmap.source} ${rows.length}`;
  useEffect(() => {
    const at = table.current?.querySelector<HTMLElement>(`tr:has([data-row="${moneyRow}"])`);
    if (at && scroller.current) scroller.current.scrollTop = at.offsetTop - scroller.current.clientHeight / 2;
    // Centred once for each matrix, not with every tick of the money.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shown]);
  const year = new Date(heatmap.as_of).getUTCFullYear();

  return (
    <figure className="card">
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2 text-12 text-muted">
        <span>
          {metric?.label}, {metric?.unit} · framed: at the money
          {heatmap.compared_with && ` against ${formatInstant(heatmap.compared_with, zone)}`}
        </span>
        {ends && (
          <span className="ml-auto inline-flex items-center gap-2">
            {write(ends[0])}
            <Ramp ends={ends} shade={shade} />
            {write(ends[1])}
          </span>
        )}
      </figcaption>
      <div ref={scroller} className="max-h-[calc(100vh-300px)] min-h-[320px] overflow-auto overscroll-contain">
        <table ref={table} role="grid" aria-label={`${metric?.label} by strike and expiry`} onKeyDown={onKeyDown} className="w-full border-separate border-spacing-px text-12">
          <thead>
            <tr>
              <th scope="col" className="sticky left-0 top-0 z-20 bg-surface px-3 text-right font-medium text-muted">
                Strike
              </th>
              {heatmap.expiries.map((expiry) => (
                <th key={expiry.expiry} scope="col" className="sticky top-0 z-10 h-11 min-w-[60px] bg-surface px-1 text-center font-medium text-muted">
                  {formatDay(expiry.expiry, year)}
                  <span className="block font-normal">{expiry.dte} d</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ strike, values }, row) => (
              <tr key={strike}>
                <th scope="row" className="sticky left-0 z-10 bg-surface px-3 text-right font-medium">
                  {formatNumber(strike, decimals)}
                </th>
                {heatmap.expiries.map((expiry, column) => {
                  const value = values[column] ?? null;
                  const colours = value === null ? null : shade(value);
                  const words = `Strike ${formatNumber(strike, decimals)}, ${formatDate(expiry.expiry)}: ${value === null ? 'nothing quoted' : `${write(value)} ${metric?.unit ?? ''}`}`;
                  return (
                    <td key={expiry.expiry} className="p-0">
                      <button
                        type="button"
                        data-row={row}
                        data-column={column}
                        tabIndex={row === 0 && column === 0 ? 0 : -1}
                        data-hint={words}
                        aria-label={words}
                        onClick={() => onOpenExpiry(expiry.expiry, strike)}
                        className="h-7 w-full rounded-[3px] px-1 text-center"
                        style={{ background: colours?.background, color: colours?.text, boxShadow: strike === money[column] ? 'inset 0 0 0 2px rgb(var(--text))' : undefined }}
                      >
                        {value === null ? <span className="text-muted">·</span> : write(value)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function Ramp({ ends: [low, high], shade }: { ends: [number, number]; shade: ReturnType<typeof shader> }) {
  const stops = Array.from({ length: 9 }, (_, index) => shade(low + ((high - low) * index) / 8).background);
  return <span aria-hidden className="inline-block h-2 w-32 rounded-full" style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }} />;
}
