'use client';

import { ArrowLeft, Layers } from 'lucide-react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { ContinuousPanel } from '@/features/continuous-series/continuous-panel';
import { ContractsTable } from '@/features/futures-product/contracts-table';
import type { ProductDetail } from '@/features/futures-product/model';
import { ProductHead } from '@/features/futures-product/product-head';
import { CandlesPanel } from '@/features/price-history/candles-panel';
import { RollPanel } from '@/features/roll-monitor/roll-panel';
import { SpreadsPanel } from '@/features/spreads/spreads-panel';
import { CurvePanel } from '@/features/term-structure/curve-panel';
import { isHistory } from '@/lib/history';
import type { Clock } from '@/lib/time';
import { sourceWords } from '@/lib/terms';
import { formatInstant } from '@/lib/time';
import { askEvery, withLive } from '@/stream/over';
import { boardTopic } from '@/stream/topics';
import { useServerTime, useTopic } from '@/stream/use-topic';
import { Choose } from '@/ui/choose';
import { DeskLink } from '@/ui/desk-link';
import { Failure, NotRenewed } from '@/ui/failure';
import { HistoryNote } from '@/ui/history-note';
import { useZone } from '@/ui/preferences';
import { SkeletonRows } from '@/ui/skeleton';
import { TabBar } from '@/ui/tab-bar';
import { useQuery } from '@/ui/use-query';

const TABS = ['contracts', 'curve', 'candles', 'spreads', 'continuous', 'roll'] as const;

/** One product: its contracts, curve, candles, spreads, continuous series and rolls. */
export function ProductView({ root }: { root: string }) {
  const { asOf, every } = useAsOf();
  const { query, change } = useQuery();
  const source = query.get('source') ?? undefined;
  const tab = TABS.find((each) => each === query.get('tab')) ?? 'contracts';
  const told = useTopic<ProductDetail>(asOf ? null : boardTopic(root, source));
  const asked = useGet('/api/v1/futures/{root}', { path: { root }, query: { as_of: asOf, source } }, { every: every(askEvery(told, POLL_MS.prices)), keep: true });
  const product = withLive(asked, told);
  const time = useServerTime();
  const options = useGet('/api/v1/options', { query: { as_of: asOf } });
  const hasChain = options.state === 'ready' && options.data.items.some((item) => item.underlying === root);
  const sources = product.state === 'ready' ? product.data.sources : [];

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <DeskLink path="/futures" className="control w-8 justify-center px-0" aria-label="Back to all futures">
          <ArrowLeft className="icon" aria-hidden />
        </DeskLink>
        <h1 className="text-20 font-semibold">
          {root} {product.state === 'ready' && <span className="font-normal text-muted">{product.data.name}</span>}
        </h1>
        <div className="ml-auto flex items-center gap-2">
          {sources.length > 1 && (
            <Choose
              label="Source"
              choices={sources.map((each) => ({ value: each, label: sourceWords(each) }))}
              value={source ?? (product.state === 'ready' ? product.data.source : (sources[0] ?? ''))}
              onChange={(value) => change({ source: value })}
            />
          )}
          {hasChain && (
            <DeskLink path="/options" query={{ underlying: root }} className="control">
              <Layers className="icon" aria-hidden />
              Option chain
            </DeskLink>
          )}
        </div>
      </div>
      {product.state === 'loading' && <SkeletonRows label="The product is on its way" />}
      {product.state === 'failed' && <Failure problem={product.problem} retry={product.retry} />}
      {product.state === 'ready' && (
        <>
          {product.problem && <NotRenewed problem={product.problem} retry={product.retry} />}
          <PastProduct product={product.data} now={asOf ? Date.parse(asOf) : product.receivedAt} />
          <ProductHead product={product.data} clock={clockOf(product, time)} cut={product.cut === true} isPast={asOf !== undefined} />
          <TabBar label={`Views of ${root}`} value={tab} onChange={(value) => change({ tab: value === 'contracts' ? null : value })} tabs={tabsOf(product.data, source, clockOf(product, time), asOf !== undefined)} />
        </>
      )}
    </div>
  );
}

/** Told where a product has history only: until when, and the way there. */
function PastProduct({ product, now }: { product: ProductDetail; now: number }) {
  const { change } = useQuery();
  const [zone] = useZone();
  const isThere = now - Date.parse(product.last_ts) < 1000;
  if (product.front !== null && !isHistory(product.last_ts, now)) return null;
  return (
    <HistoryNote onLook={isThere ? undefined : () => change({ as_of: product.last_ts }, 'push')}>
      {isThere ? `No contract of ${product.root} is alive here. Candles and Continuous show what is stored.` : `${product.root} has history until ${formatInstant(product.last_ts, zone, false)}.${product.front === null ? ' No contract is alive at the moment you look at.' : ''}`}
    </HistoryNote>
  );
}

/** Ages of what is told are counted on the server's clock, of what was asked for from its arrival. */
const clockOf = ({ receivedAt, told }: { receivedAt: number; told?: boolean }, time: Clock | null): Clock => (told && time ? time : { serverAt: null, receivedAt });

function tabsOf(product: ProductDetail, source: string | undefined, clock: Clock, isPast: boolean) {
  const shared = { root: product.root, source, tick: product.tick };
  return [
    { value: 'contracts', label: 'Contracts', content: () => <ContractsTable product={product} clock={clock} isPast={isPast} /> },
    { value: 'curve', label: 'Curve', content: () => <CurvePanel {...shared} /> },
    { value: 'candles', label: 'Candles', content: () => <CandlesPanel symbols={product.contracts.map((contract) => contract.symbol)} source={source} tick={product.tick} /> },
    { value: 'spreads', label: 'Spreads', content: () => <SpreadsPanel {...shared} contracts={product.contracts} clock={clock} /> },
    { value: 'continuous', label: 'Continuous', content: () => <ContinuousPanel {...shared} /> },
    { value: 'roll', label: 'Roll', content: () => <RollPanel {...shared} /> },
  ] as const;
}
