'use client';

import { SlidersHorizontal } from 'lucide-react';
import { useGet } from '@/api/use-get';
import { useAsOf } from '@/api/use-as-of';
import { Spark } from '@/charts/spark';
import { formatSigned, THIN_SPACE } from '@/lib/format';
import { kindWords, writeChange, writePrice } from '@/lib/quote';
import type { Clock } from '@/lib/time';
import { ageAt } from '@/lib/time';
import { Age } from '@/ui/age';
import { Change } from '@/ui/change';
import { DeskLink } from '@/ui/desk-link';
import { Flash } from '@/ui/flash';
import { Missing } from '@/ui/hint';
import { Popup } from '@/ui/popup';
import { SourceTag } from '@/ui/source-tag';
import { StateWord } from '@/ui/state-word';
import type { Product } from './model';
import { cardProducts, MOST_CARDS, toggledCard } from './model';
import { TileHead } from './tile';

const SPARK_EVERY_MS = 60_000;
/** A day of quarters of an hour. */
const SPARK_BARS = 96;

interface PriceCardsProps {
  products: readonly Product[];
  clock: Clock;
  chosen: readonly string[] | null;
  choose: (roots: readonly string[] | null) => void;
}

/** The front contracts of a few products, each with its last day. */
export function PriceCards({ products, clock, chosen, choose }: PriceCardsProps) {
  const shown = cardProducts(products, chosen);
  const roots = shown.map((product) => product.root);
  return (
    <>
      <TileHead id="prices" whole={{ path: '/futures' }}>
        <Popup button={{ className: 'control px-2', 'aria-label': 'Which prices', children: <SlidersHorizontal className="icon" aria-hidden /> }} label="Which prices" className="flex max-h-[60vh] w-72 max-w-[calc(100vw-16px)] flex-col gap-1 overflow-y-auto p-3">
          <p className="pb-1 text-12 text-muted">At most {MOST_CARDS}, in the order you choose them.</p>
          {products.map((product) => (
            <label key={`${product.root} ${product.source}`} className="flex h-8 items-center gap-2">
              <input
                type="checkbox"
                className="h-4 w-4 accent-[rgb(var(--accent))]"
                checked={roots.includes(product.root)}
                disabled={!roots.includes(product.root) && roots.length >= MOST_CARDS}
                onChange={() => choose(toggledCard(roots, product.root))}
              />
              <span className="font-medium">{product.root}</span>
              <span className="truncate text-muted">{product.name}</span>
            </label>
          ))}
          <button type="button" className="control mt-2 justify-center" disabled={chosen === null} onClick={() => choose(null)}>
            Standard choice
          </button>
        </Popup>
      </TileHead>
      {shown.length === 0 ? (
        <p className="text-13 text-muted">No product has a price at this moment.</p>
      ) : (
        <ul className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 xl:grid-cols-6" aria-label="Prices">
          {shown.map((product) => (
            <PriceCard key={`${product.root} ${product.source}`} product={product} clock={clock} />
          ))}
        </ul>
      )}
    </>
  );
}

function PriceCard({ product, clock }: { product: Product; clock: Clock }) {
  const { asOf } = useAsOf();
  const quote = product.front?.quote;
  const price = quote ? writePrice(quote, product.tick) : null;
  const change = quote ? writeChange(quote, product.tick) : null;
  const state = product.cut ? 'disconnected' : product.status;
  return (
    <li className="flex min-w-0 flex-col gap-0.5 border-l-2 border-line pl-3">
      <DeskLink path="/futures" query={{ root: product.root }} className="truncate text-12 hover:text-accent" title={product.name ?? undefined}>
        <span className="text-13 font-semibold">{product.root}</span> <span className="text-muted">{product.front?.symbol}</span>
      </DeskLink>
      <span className="num text-20 font-semibold" data-hint={quote ? kindWords(quote.price_kind) : undefined}>
        {quote && price !== null ? <Flash value={quote.price} text={price} /> : <Missing reason="No quote, trade or settlement" focusable />}
      </span>
      <span className="num flex flex-wrap gap-x-2 text-13">
        {quote && change !== null ? <Change value={quote.change} text={change} /> : <span className="text-muted">no change known</span>}
        {quote?.change_pct != null && <Change value={quote.change_pct} text={`${formatSigned(quote.change_pct, 2)}${THIN_SPACE}%`} />}
      </span>
      <LastDay symbol={product.front?.symbol} source={product.source} />
      <span className="flex flex-wrap items-center gap-x-2 text-12 text-muted">
        {asOf === undefined && state !== 'live' && <StateWord state={state} />}
        <Age ageMs={ageAt(clock, quote)} receivedAt={clock.receivedAt} frozen={asOf !== undefined} />
        <SourceTag source={product.source} />
      </span>
    </li>
  );
}

function LastDay({ symbol, source }: { symbol: string | undefined; source: string }) {
  const { asOf, every } = useAsOf();
  const bars = useGet(symbol === undefined ? null : '/api/v1/instruments/{symbol}/bars', { path: { symbol: symbol ?? '' }, query: { interval: '15m', limit: SPARK_BARS, as_of: asOf, source } }, { every: every(SPARK_EVERY_MS), keep: true });
  if (bars.state === 'loading') return <span className="skeleton my-1 block h-8 w-[132px]" />;
  const closes = bars.state === 'ready' ? bars.data.items.flatMap(({ close }) => (close === null ? [] : [close])) : [];
  if (closes.length < 2) return <span className="block h-10 py-2 text-12 text-muted">{bars.state === 'failed' ? 'Its past could not be had' : 'No past is stored'}</span>;
  return (
    <span className="block h-10 py-1">
      <Spark values={closes} label={`${symbol ?? ''} over its last ${closes.length} quarters of an hour`} width={132} height={32} mark="last" />
    </span>
  );
}
