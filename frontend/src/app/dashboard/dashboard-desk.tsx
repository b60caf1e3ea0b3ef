'use client';

import { Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { usePreference } from '@/api/preferences';
import { useGet } from '@/api/use-get';
import { useAsOf } from '@/api/use-as-of';
import { POLL_MS } from '@/config/desk';
import { Dashboard } from '@/features/dashboard/dashboard';
import { ExpiriesTile } from '@/features/dashboard/expiries-tile';
import type { Layout, TileId, Underlying } from '@/features/dashboard/model';
import { aliveAt, layoutFrom, STANDARD } from '@/features/dashboard/model';
import { MoversTile } from '@/features/dashboard/movers-tile';
import { PriceCards } from '@/features/dashboard/price-cards';
import { TileHead } from '@/features/dashboard/tile';
import { useWatchlists } from '@/features/dashboard/use-watchlists';
import { VolatilityTile } from '@/features/dashboard/volatility-tile';
import { WatchTile } from '@/features/dashboard/watch-tile';
import { useBoard } from '@/features/futures-board/use-board';
import { CurveTile } from '@/features/term-structure/curve-tile';
import { isPastChain } from '@/lib/history';
import { Choose } from '@/ui/choose';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { SkeletonRows } from '@/ui/skeleton';

const NO_UNDERLYINGS: readonly Underlying[] = [];

/** What a trader looks at first: prices, what they watch, what moves, and what ends soon. */
export function DashboardDesk() {
  const { every } = useAsOf();
  const { asOf, asked, items, clock } = useBoard();
  const [layout, change] = usePreference<Layout>('dashboard.layout', STANDARD, layoutFrom);
  const watching = useWatchlists();
  const chains = useGet('/api/v1/options', { query: { as_of: asOf } }, { every: every(POLL_MS.slow), keep: true });
  const now = asOf ? Date.parse(asOf) : clock.receivedAt;
  const minute = Math.floor(now / 60_000) * 60_000;
  const products = useMemo(() => aliveAt(items, minute), [items, minute]);
  const listed = chains.state === 'ready' ? chains.data.items : NO_UNDERLYINGS;
  const underlyings = useMemo(() => listed.filter((each) => !isPastChain(each, minute)), [listed, minute]);

  if (asked.state === 'loading' || asked.state === 'idle') return <SkeletonRows rows={10} label="The dashboard is on its way" />;
  if (asked.state === 'failed') return <Failure problem={asked.problem} retry={asked.retry} />;
  const product = products.find((each) => each.root === layout.root) ?? products[0];
  const chain = underlyings.find((each) => each.underlying === layout.underlying) ?? underlyings[0];
  const set = (part: Partial<Layout>) => change((was) => ({ ...was, ...part }));
  const tiles: Record<TileId, ReactNode> = {
    prices: <PriceCards products={products} clock={clock} watched={watching.list?.symbols} layout={layout} choose={set} />,
    watch: <WatchTile products={products} clock={clock} watching={watching} />,
    movers: <MoversTile products={products} />,
    curve: (
      <>
        <TileHead id="curve" whole={{ path: '/futures', query: product && { root: product.root, tab: 'curve' } }}>
          {product && <Choose label="Product" showLabel={false} value={product.root} onChange={(root) => set({ root })} choices={unique(products.map((each) => each.root))} />}
        </TileHead>
        {product ? <CurveTile key={`${product.root} ${product.source}`} root={product.root} source={product.source} tick={product.tick} /> : <p className="text-13 text-muted">No product has a price at this moment.</p>}
      </>
    ),
    volatility: (
      <>
        <TileHead id="volatility" whole={{ path: '/options', query: chain && { underlying: chain.underlying, view: 'surface' } }}>
          {chain && <Choose label="Underlying" showLabel={false} value={chain.underlying} onChange={(underlying) => set({ underlying })} choices={unique(underlyings.map((each) => each.underlying))} />}
        </TileHead>
        {chain ? <VolatilityTile key={`${chain.underlying} ${chain.source}`} underlying={chain.underlying} source={chain.source} /> : <p className="text-13 text-muted">No options are stored for this moment.</p>}
      </>
    ),
    expiries: <ExpiriesTile products={products} underlyings={underlyings} now={minute} />,
  };
  return (
    <>
      {asked.problem && <NotRenewed problem={asked.problem} retry={asked.retry} />}
      {products.length === 0 && underlyings.length === 0 && (
        <Notice icon={Inbox} title={asOf ? 'Nothing was stored by then' : 'Nothing is trading here yet'}>
          {asOf ? 'Look at a later moment.' : 'Import files of a venue with `tradesense import PATH`, or start with the simulated market on.'}
        </Notice>
      )}
      <Dashboard layout={layout} change={change} tiles={tiles} />
    </>
  );
}

const unique = (names: readonly string[]) => [...new Set(names)].map((name) => ({ value: name, label: name }));
