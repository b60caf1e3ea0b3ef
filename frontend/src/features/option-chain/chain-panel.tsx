'use client';

import { ListX } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo, useMemo } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { sourceWords } from '@/lib/terms';
import type { Clock } from '@/lib/time';
import { askEvery, withLive } from '@/stream/over';
import { chainTopic } from '@/stream/topics';
import { useServerTime, useTopic } from '@/stream/use-topic';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { SkeletonRows } from '@/ui/skeleton';
import { SplitPane } from '@/ui/split-pane';
import { ChainGrid } from './chain-grid';
import type { Field } from './columns';
import { fieldsOf, layoutOf, namesOf } from './columns';
import { keptRows } from './model';
import type { Chain } from './model';
import { Provenance } from './provenance';
import { Toolbar } from './toolbar';
import { Tray } from './leg-tray';
import { useChainView } from './use-chain-view';
import type { ChainView } from './use-chain-view';
import type { LegTray } from './use-legs';
import { useLegs } from './use-legs';
import { useMeasures, useSheet } from './use-sheet';

interface ChainPanelProps {
  underlying: string;
  source?: string;
  expiry: string;
  /** The strike somebody came for, or null. */
  wantedStrike?: number | null;
  hoveredStrike: number | null;
  onHoverStrike: (strike: number | null) => void;
  /** What stands beside the table where there is room, and below it where there is none. */
  beside: ReactNode;
}

/** The chain of one expiry, with where its numbers come from and what to show of them. */
export function ChainPanel({ underlying, source, expiry, wantedStrike = null, hoveredStrike, onHoverStrike, beside }: ChainPanelProps) {
  const { asOf, isLive, every } = useAsOf();
  const view = useChainView();
  const { strikes } = view;
  const tray = useLegs();
  const told = useTopic<Chain>(isLive ? chainTopic(underlying, expiry, source) : null);
  const time = useServerTime();
  const asked = useGet(
    '/api/v1/options/{underlying}/chain',
    { path: { underlying }, query: { expiry, strikes, as_of: asOf, source } },
    { every: every(askEvery(told, POLL_MS.prices)), keep: true },
  );
  // The whole chain is told; what the filter leaves out is left out here.
  const whole = told.state === 'waiting' || told.state === 'refused' ? null : told.data;
  const kept = useMemo(() => whole && { ...whole, rows: keptRows(whole, strikes) }, [whole, strikes]);
  const live = useMemo(() => (kept && told.state !== 'waiting' && told.state !== 'refused' ? { ...told, data: kept } : told), [kept, told]);
  const chain = withLive(asked, live);
  const isTold = chain.state === 'ready' && chain.told === true;

  if (chain.state === 'failed') return <Failure problem={chain.problem} retry={chain.retry} />;
  if (chain.state !== 'ready') {
    return (
      <div className="flex flex-col gap-4">
        <Toolbar view={view} tray={tray} />
        <SkeletonRows rows={14} label="The chain is on its way" />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {chain.problem && <NotRenewed problem={chain.problem} retry={chain.retry} />}
      <Provenance chain={chain.data} clock={isTold && time ? time : { serverAt: null, receivedAt: chain.receivedAt }} cut={chain.cut === true} isLive={isLive} />
      <Toolbar view={view} tray={tray} />
      <Tray tray={tray} underlying={underlying} />
      <Table
        wantedStrike={wantedStrike}
        tray={tray}
        chain={chain.data}
        view={view}
        clock={isTold ? time : null}
        chainKey={`${chain.data.underlying} ${chain.data.expiry} ${strikes} ${source ?? ''} ${asOf ?? ''}`}
        hoveredStrike={hoveredStrike}
        onHoverStrike={onHoverStrike}
        beside={beside}
      />
    </div>
  );
}

interface TableProps {
  wantedStrike: number | null;
  tray: LegTray;
  chain: Chain;
  view: ChainView;
  clock: Clock | null;
  chainKey: string;
  hoveredStrike: number | null;
  onHoverStrike: (strike: number | null) => void;
  beside: ReactNode;
}

function Table({ wantedStrike, tray, chain, view, clock, chainKey, hoveredStrike, onHoverStrike, beside }: TableProps) {
  const { preset, choice, sides, narrow } = view;
  const fields = fieldsOf(preset, choice);
  const measures = useMeasures(chain, fields, chainKey);
  const { absent } = measures;
  const layout = useMemo(() => layoutOf({ preset, choice, absent, sides, narrow }), [preset, choice, absent, sides, narrow]);
  const sheet = useSheet(chain, layout, measures, clock);
  return (
    <>
      <Absent fields={absent} source={chain.source} />
      <SplitPane
        name="chain"
        roomy={fields.length > 5}
        main={
          chain.rows.length === 0 ? (
            <Notice icon={ListX} title="No strike here">
              None passes the filter. Show all strikes.
            </Notice>
          ) : (
            <ChainGrid
              chain={chain}
              layout={layout}
              narrow={narrow}
              sheet={sheet}
              strikeDecimals={measures.strikeDecimals}
              chainKey={chainKey}
              wantedStrike={wantedStrike}
              tray={tray}
              hoveredStrike={hoveredStrike}
              onHoverStrike={onHoverStrike}
            />
          )
        }
        side={beside}
      />
    </>
  );
}

/** Columns left out because the source reports nothing in them, in words. */
const Absent = memo(function Absent({ fields, source }: { fields: readonly Field[]; source: string }) {
  if (fields.length === 0) return null;
  return (
    <p className="-mt-1 text-12 text-muted">
      Not among the stored data of {sourceWords(source)} here: {namesOf(fields)}.
    </p>
  );
});
