'use client';

import { Inbox } from 'lucide-react';
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
import { sourceWords } from '@/lib/terms';
import { Choose } from '@/ui/choose';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { SkeletonRows } from '@/ui/skeleton';
import { TabBar } from '@/ui/tab-bar';
import { useQuery } from '@/ui/use-query';

type Underlying = Answer<'/api/v1/options'>['items'][number];

const VIEWS = ['chain', 'smile', 'heatmap'] as const;

/** Option chains: an underlying, its expiries, and three ways to look at them. */
export function OptionsDesk() {
  const { asOf, every } = useAsOf();
  const { query } = useQuery();
  const underlyings = useGet('/api/v1/options', { query: { as_of: asOf } }, { every: every(POLL_MS.slow), keep: true });

  if (underlyings.state === 'failed') return <Failure problem={underlyings.problem} retry={underlyings.retry} />;
  if (underlyings.state !== 'ready') return <SkeletonRows rows={14} label="The chain is on its way" />;
  const items = underlyings.data.items;
  const asked = query.get('underlying');
  const chosen = items.find((item) => item.underlying === asked) ?? (asked ? undefined : items[0]);
  return (
    <div className="flex flex-col gap-4">
      {underlyings.problem && <NotRenewed problem={underlyings.problem} retry={underlyings.retry} />}
      {chosen ? <Desk items={items} item={chosen} /> : <NoChain asked={asked} items={items} isPast={asOf !== undefined} />}
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

function Desk({ items, item }: { items: readonly Underlying[]; item: Underlying }) {
  const { query, change } = useQuery();
  const [hoveredStrike, setHoveredStrike] = useState<number | null>(null);
  const source = query.get('source') ?? undefined;
  const asked = query.get('expiry');
  const expiry = item.expiries.find((each) => each.expiry === asked)?.expiry ?? defaultExpiry(item.expiries);
  const view = VIEWS.find((each) => each === query.get('view')) ?? 'chain';
  const chooseExpiry = (value: string) => change({ expiry: value });
  useExpiryKeys(item.expiries, expiry, chooseExpiry);

  const smile = (height: number) =>
    expiry && (
      <SmilePanel underlying={item.underlying} source={source} expiry={expiry} expiries={item.expiries} height={height} hoveredStrike={hoveredStrike} onHoverStrike={setHoveredStrike} />
    );
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-20 font-semibold">Options</h1>
        <Choose
          label="Underlying"
          showLabel={false}
          choices={items.map((each) => ({ value: each.underlying, label: `${each.underlying} · ${sourceWords(each.source)}` }))}
          value={item.underlying}
          onChange={(value) => change({ underlying: value, expiry: null, with: null, source: null }, 'push')}
        />
        {item.sources.length > 1 && (
          <Choose label="Source" choices={item.sources.map((each) => ({ value: each, label: sourceWords(each) }))} value={source ?? item.source} onChange={(value) => change({ source: value, expiry: null })} />
        )}
      </div>
      {expiry === null ? (
        <Notice icon={Inbox} title={`Every option on ${item.underlying} has expired by then`}>
          Look at an earlier moment.
        </Notice>
      ) : (
        <>
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
                  <ChainPanel underlying={item.underlying} source={source} expiry={expiry} hoveredStrike={hoveredStrike} onHoverStrike={setHoveredStrike} beside={smile(280)} />
                ),
              },
              { value: 'smile', label: 'Smile', content: () => smile(440) },
              { value: 'heatmap', label: 'Heatmap', content: () => <HeatmapPanel underlying={item.underlying} source={source} onOpenExpiry={(value) => change({ view: null, expiry: value }, 'push')} /> },
            ]}
          />
        </>
      )}
    </>
  );
}
