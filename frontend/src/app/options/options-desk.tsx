'use client';

import { Inbox } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { Answer } from '@/api/client';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { HeatmapPanel } from '@/features/greeks-heatmap/heatmap-panel';
import { ChainPanel } from '@/features/option-chain/chain-panel';
import { ExpiryStrip } from '@/features/option-chain/expiry-strip';
import { defaultExpiry } from '@/features/option-chain/model';
import { useExpiryKeys } from '@/features/option-chain/use-chain-keys';
import { SmilePanel } from '@/features/vol-smile/smile-panel';
import { chosenUnderlying, currentFirst, isPastChain } from '@/lib/history';
import { sourceWords } from '@/lib/terms';
import { formatDate, formatInstant } from '@/lib/time';
import { Choose } from '@/ui/choose';
import { Failure, NotRenewed } from '@/ui/failure';
import { HistoryNote } from '@/ui/history-note';
import { Notice } from '@/ui/notice';
import { useZone } from '@/ui/preferences';
import { SkeletonBlock, SkeletonRows } from '@/ui/skeleton';
import { TabBar } from '@/ui/tab-bar';
import { useQuery } from '@/ui/use-query';

type Underlying = Answer<'/api/v1/options'>['items'][number];

const VIEWS = ['chain', 'smile', 'heatmap', 'surface', 'analytics'] as const;
const AnalyticsPanel = dynamic(() => import('@/features/vol-analytics/analytics-panel').then((module) => module.AnalyticsPanel), { ssr: false, loading: () => <SkeletonBlock className="h-96" label="The analytics are on their way" /> });
const SurfacePanel = dynamic(() => import('@/features/vol-surface/surface-panel').then((module) => module.SurfacePanel), { ssr: false, loading: () => <SkeletonBlock className="h-96" label="The surface is on its way" /> });

/** Option chains: an underlying, its expiries, and the ways to look at them. */
export function OptionsDesk() {
  const { asOf, every } = useAsOf();
  const { query } = useQuery();
  const underlyings = useGet('/api/v1/options', { query: { as_of: asOf } }, { every: every(POLL_MS.slow), keep: true });

  if (underlyings.state === 'failed') return <Failure problem={underlyings.problem} retry={underlyings.retry} />;
  if (underlyings.state !== 'ready') return <SkeletonRows rows={14} label="The chain is on its way" />;
  const now = asOf ? Date.parse(asOf) : underlyings.receivedAt;
  const items = currentFirst(underlyings.data.items, now);
  const asked = query.get('underlying');
  const chosen = chosenUnderlying(items, asked, now);
  return (
    <div className="flex flex-col gap-4">
      {underlyings.problem && <NotRenewed problem={underlyings.problem} retry={underlyings.retry} />}
      {chosen ? <Desk items={items} standard={chosen} now={now} /> : <NoChain asked={asked} items={items} isPast={asOf !== undefined} />}
    </div>
  );
}

function NoChain({ asked, items, isPast }: { asked: string | null; items: readonly Underlying[]; isPast: boolean }) {
  const { change } = useQuery();
  const first = items[0];
  return (
    <Notice
      icon={Inbox}
      title={asked ? `No options on ${asked} ${isPast ? 'were stored by then' : 'are stored'}` : `No option chain ${isPast ? 'was stored by then' : 'is stored yet'}`}
      action={
        first && (
          <button type="button" className="control" onClick={() => change({ underlying: first.underlying, expiry: null, source: null })}>
            Show {first.underlying} instead
          </button>
        )
      }
    >
      {first ? 'Choose another underlying.' : isPast ? 'Look at a later moment.' : 'Import files of a venue with `tradesense import PATH`, or start with the simulated market on.'}
    </Notice>
  );
}

interface DeskProps {
  items: readonly Underlying[];
  /** The chosen underlying from the source that is taken when none is named. */
  standard: Underlying;
  now: number;
}

/** The chosen underlying from the source the address names: each source lists its own expiries. */
function useSourced(standard: Underlying, source: string | undefined) {
  const { asOf, every } = useAsOf();
  const isOther = source !== undefined && source !== standard.source;
  const answer = useGet(isOther ? '/api/v1/options' : null, { query: { as_of: asOf, source } }, { every: every(POLL_MS.slow) });
  if (!isOther) return { item: standard, state: 'ready' } as const;
  if (answer.state === 'failed') return { item: null, state: 'failed', answer } as const;
  if (answer.state !== 'ready') return { item: null, state: 'loading' } as const;
  return { item: answer.data.items.find((each) => each.underlying === standard.underlying) ?? null, state: 'ready' } as const;
}

function Desk({ items, standard, now }: DeskProps) {
  const { query, change } = useQuery();
  const source = query.get('source') ?? undefined;
  const sourced = useSourced(standard, source);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-20 font-semibold">Options</h1>
        <Choose
          label="Underlying"
          showLabel={false}
          className="min-w-0 max-w-full"
          choices={items.map((each) => choiceOf(each, now))}
          value={standard.underlying}
          onChange={(value) => change({ underlying: value, expiry: null, strike: null, legs: null, with: null, source: null }, 'push')}
        />
        {standard.sources.length > 1 && (
          <Choose
            label="Source"
            choices={standard.sources.map((each) => ({ value: each, label: sourceWords(each) }))}
            value={source ?? standard.source}
            onChange={(value) => change({ source: value, expiry: null, with: null })}
          />
        )}
      </div>
      {sourced.state === 'loading' && <SkeletonRows rows={14} label="The chain is on its way" />}
      {sourced.state === 'failed' && <Failure problem={sourced.answer.problem} retry={sourced.answer.retry} />}
      {sourced.state === 'ready' &&
        (sourced.item ? (
          <Views key={`${sourced.item.underlying} ${sourced.item.source}`} item={sourced.item} source={source} now={now} />
        ) : (
          <Notice icon={Inbox} title={`${sourceWords(source ?? '')} has no options on ${standard.underlying} by then`}>
            Choose another source.
          </Notice>
        ))}
    </>
  );
}

function choiceOf(item: Underlying, now: number) {
  // Where there are several sources, their own picker names the one shown.
  const words = item.sources.length > 1 ? item.underlying : `${item.underlying} · ${sourceWords(item.source)}`;
  if (!isPastChain(item, now)) return { value: item.underlying, label: words, group: 'Current' };
  return { value: item.underlying, label: `${words} · until ${formatDate(item.newest_ts)}`, group: 'History only' };
}

function Views({ item, source, now }: { item: Underlying; source: string | undefined; now: number }) {
  const { query, change } = useQuery();
  const { isLive } = useAsOf();
  const [zone] = useZone();
  const [hoveredStrike, setHoveredStrike] = useState<number | null>(null);
  const asked = query.get('expiry');
  const expiry = item.expiries.find((each) => each.expiry === asked)?.expiry ?? defaultExpiry(item.expiries);
  const view = VIEWS.find((each) => each === query.get('view')) ?? 'chain';
  const chooseExpiry = (value: string) => change({ expiry: value, strike: null });
  const strike = query.get('strike');
  const wantedStrike = strike && Number.isFinite(Number(strike)) ? Number(strike) : null;
  const openChain = (value: string, at?: number) => {
    setHoveredStrike(at ?? null);
    // A strike far from the money is shown too: the filter gives way to it.
    change({ view: null, expiry: value, ...(at === undefined ? { strike: null } : { strike: String(at), strikes: 'all' }) }, 'push');
  };
  useExpiryKeys(item.expiries, expiry, chooseExpiry);

  const smile = (height: number) =>
    expiry && (
      <SmilePanel underlying={item.underlying} source={source} expiry={expiry} expiries={item.expiries} height={height} full={height > 300} hoveredStrike={hoveredStrike} onHoverStrike={setHoveredStrike} />
    );
  const until = formatInstant(item.newest_ts, zone, false);
  const look = () => change({ as_of: item.newest_ts, ...(item.sources.length > 1 ? { source: item.source } : {}) }, 'push');
  if (expiry === null) {
    return (
      <Notice
        icon={Inbox}
        title={`Every option on ${item.underlying} has expired by then`}
        action={
          <button type="button" className="control" onClick={look}>
            Look there
          </button>
        }
      >
        The newest stored data is from {until}.
      </Notice>
    );
  }
  return (
    <>
      {isPastChain(item, now) && (
        <HistoryNote onLook={look}>
          The newest {item.underlying} data of {sourceWords(item.source)} is from {until}.{isLive ? ' You see that moment.' : ''}
        </HistoryNote>
      )}
          <ExpiryStrip expiries={item.expiries} value={expiry} onChange={chooseExpiry} />
          <TabBar
            label="Views of the options"
            value={view}
            onChange={(value) => change({ view: value === 'chain' ? null : value })}
            tabs={[
              {
                value: 'chain',
                label: 'Chain',
                content: () => (
                  <ChainPanel underlying={item.underlying} source={source} expiry={expiry} wantedStrike={wantedStrike} hoveredStrike={hoveredStrike} onHoverStrike={setHoveredStrike} beside={smile(280)} />
                ),
              },
              { value: 'smile', label: 'Smile', content: () => smile(440) },
              { value: 'heatmap', label: 'Heatmap', content: () => <HeatmapPanel underlying={item.underlying} source={source} onOpenExpiry={openChain} /> },
              { value: 'surface', label: 'Surface', content: () => <SurfacePanel underlying={item.underlying} source={source} onOpenExpiry={openChain} /> },
              { value: 'analytics', label: 'Analytics', content: () => <AnalyticsPanel underlying={item.underlying} source={source} expiry={expiry} /> },
            ]}
          />
    </>
  );
}
