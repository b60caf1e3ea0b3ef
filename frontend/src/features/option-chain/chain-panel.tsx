'use client';

import { ListX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { sourceWords } from '@/lib/terms';
import { askEvery, withLive } from '@/stream/over';
import { chainTopic } from '@/stream/topics';
import { useServerTime, useTopic } from '@/stream/use-topic';
import { Choose } from '@/ui/choose';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { Segmented } from '@/ui/segmented';
import { SkeletonRows } from '@/ui/skeleton';
import { SplitPane } from '@/ui/split-pane';
import { useQuery } from '@/ui/use-query';
import { ChainGrid } from './chain-grid';
import { absentFields, keptRows, namesOf, nextPreset, PRESET_WORDS, PRESETS, STRIKE_FILTERS } from './model';
import type { Chain, Field } from './model';
import { Provenance } from './provenance';
import { useKey } from './use-chain-keys';

interface ChainPanelProps {
  underlying: string;
  source?: string;
  expiry: string;
  hoveredStrike: number | null;
  onHoverStrike: (strike: number | null) => void;
  /** What stands beside the table where there is room, and below it where there is none. */
  beside: ReactNode;
}

const PRESET_CHOICES = PRESETS.map((value) => ({ value, label: PRESET_WORDS[value] }));

/** The chain of one expiry, with where its numbers come from and what to show of them. */
export function ChainPanel({ underlying, source, expiry, hoveredStrike, onHoverStrike, beside }: ChainPanelProps) {
  const { asOf, isLive, every } = useAsOf();
  const { query, change } = useQuery();
  const preset = PRESETS.find((each) => each === query.get('columns')) ?? 'price';
  const strikes = STRIKE_FILTERS.find((each) => each.value === query.get('strikes'))?.value ?? 'atm:20';
  const showPreset = (value: string) => change({ columns: value === 'price' ? null : value });
  useKey({ g: () => showPreset(nextPreset(preset)) });
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
  const view = useMemo(() => (kept && told.state !== 'waiting' && told.state !== 'refused' ? { ...told, data: kept } : told), [kept, told]);
  const chain = withLive(asked, view);
  const isTold = chain.state === 'ready' && chain.told === true;

  const toolbar = (
    <div className="flex flex-wrap items-center gap-3">
      <div className="scroll-x max-w-full">
        <Segmented label="Columns" choices={PRESET_CHOICES} value={preset} onChange={showPreset} />
      </div>
      <kbd className="hidden rounded border border-line px-2 py-px font-sans text-12 text-muted md:inline" data-hint="The key g walks through the columns; [ and ] walk the expiries; arrow keys walk the table.">
        g
      </kbd>
      <Choose label="Strikes" showLabel={false} choices={STRIKE_FILTERS} value={strikes} onChange={(value) => change({ strikes: value === 'atm:20' ? null : value })} />
    </div>
  );
  if (chain.state === 'failed') return <Failure problem={chain.problem} retry={chain.retry} />;
  if (chain.state !== 'ready') {
    return (
      <div className="flex flex-col gap-4">
        {toolbar}
        <SkeletonRows rows={14} label="The chain is on its way" />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {chain.problem && <NotRenewed problem={chain.problem} retry={chain.retry} />}
      <Provenance chain={chain.data} clock={isTold && time ? time : { serverAt: null, receivedAt: chain.receivedAt }} cut={isTold && told.state === 'disconnected'} isLive={isLive} />
      {toolbar}
      <Absent fields={absentFields(preset, chain.data.rows)} source={chain.data.source} />
      <SplitPane
        name="chain"
        roomy={preset === 'greeks'}
        main={
          chain.data.rows.length === 0 ? (
            <Notice icon={ListX} title="No strike here">
              None passes the filter. Show all strikes.
            </Notice>
          ) : (
            <ChainGrid
              chain={chain.data}
              clock={isTold ? time : null}
              preset={preset}
              chainKey={`${chain.data.underlying} ${chain.data.expiry} ${strikes} ${source ?? ''} ${asOf ?? ''}`}
              hoveredStrike={hoveredStrike}
              onHoverStrike={onHoverStrike}
            />
          )
        }
        side={beside}
      />
    </div>
  );
}

/** Columns left out because the source reports nothing in them, in words. */
function Absent({ fields, source }: { fields: readonly Field[]; source: string }) {
  if (fields.length === 0) return null;
  return (
    <p className="-mt-1 text-12 text-muted">
      Not among the stored data of {sourceWords(source)} here: {namesOf(fields)}.
    </p>
  );
}
