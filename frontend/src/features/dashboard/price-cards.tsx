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
import type { Choice } from '@/ui/segmented';
import { Segmented } from '@/ui/segmented';
import { SourceTag } from '@/ui/source-tag';
import { StateWord } from '@/ui/state-word';
import type { CardsOf, Layout, Product } from './model';
import { cardProducts, MOST_CARDS, toggledCard } from './model';
import { TileHead } from './tile';
import { useQuotes } from './use-quotes';
import type { Card } from './watch-model';
import { cardsOfProducts, cardsOfWatched } from './watch-model';

const NOTHING: readonly string[] = [];
const CARDS_OF: ReadonlyArray<Choice<CardsOf>> = [
  { value: 'products', label: 'Front contracts' },
  { value: 'watched', label: 'My watch list' },
];
const SPARK_EVERY_MS = 60_000;
/** A day of quarters of an hour. */
const SPARK_BARS = 96;

interface PriceCardsProps {
  products: readonly Product[];
  /** The contracts of the watch list that is looked at. */
  watched: readonly string[] | undefined;
  clock: Clock;
  layout: Layout;
  choose: (part: Partial<Layout>) => void;
}

/** Prices at a glance, each with its last day: front contracts of a few products, or what is watched. */
export function PriceCards({ products, watched, clock, layout, choose }: PriceCardsProps) {
  const shown = cardProducts(products, layout.cards);
  return (
    <>
      <TileHead id="prices" whole={{ path: '/futures' }}>
        <Popup button={{ className: 'control px-2', 'aria-label': 'Which prices', children: <SlidersHorizontal className="icon" aria-hidden /> }} label="Which prices" className="flex max-h-[60vh] w-72 max-w-[calc(100vw-16px)] flex-col gap-1 overflow-y-auto p-3">
          <Segmented label="Prices of" choices={CARDS_OF} value={layout.cardsOf} onChange={(cardsOf) => choose({ cardsOf })} />
          {layout.cardsOf === 'watched' ? (
            <p className="pt-2 text-12 text-muted">The first {MOST_CARDS} contracts of the watch list you look at, in its order.</p>
          ) : (
            <ProductChoice products={products} roots={shown.map((product) => product.root)} choose={(cards) => choose({ cards })} isStandard={layout.cards === null} />
          )}
        </Popup>
      </TileHead>
      {layout.cardsOf === 'watched' ? <WatchedCards symbols={watched ?? NOTHING} products={products} clock={clock} /> : <Cards cards={cardsOfProducts(shown)} clock={clock} empty="No product has a price at this moment." />}
    </>
  );
}

interface ProductChoiceProps {
  products: readonly Product[];
  roots: readonly string[];
  choose: (roots: readonly string[] | null) => void;
  isStandard: boolean;
}

function ProductChoice({ products, roots, choose, isStandard }: ProductChoiceProps) {
  return (
    <>
      <p className="py-1 text-12 text-muted">At most {MOST_CARDS}, in the order you choose them.</p>
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
      <button type="button" className="control mt-2 justify-center" disabled={isStandard} onClick={() => choose(null)}>
        Standard choice
      </button>
    </>
  );
}

function WatchedCards({ symbols, products, clock }: { symbols: readonly string[]; products: readonly Product[]; clock: Clock }) {
  const { rows } = useQuotes(symbols);
  return <Cards cards={cardsOfWatched(rows, products)} clock={clock} empty="Your watch list is empty. What you add to it stands here." />;
}

function Cards({ cards, clock, empty }: { cards: readonly Card[]; clock: Clock; empty: string }) {
  if (cards.length === 0) return <p className="text-13 text-muted">{empty}</p>;
  return (
    <ul className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 xl:grid-cols-6" aria-label="Prices">
      {cards.map((card) => (
        <PriceCard key={card.key} card={card} clock={clock} />
      ))}
    </ul>
  );
}

function PriceCard({ card, clock }: { card: Card; clock: Clock }) {
  const { asOf } = useAsOf();
  const { quote, tick, state, source } = card;
  const price = quote ? writePrice(quote, tick) : null;
  const change = quote ? writeChange(quote, tick) : null;
  return (
    <li className="flex min-w-0 flex-col gap-0.5 border-l-2 border-line pl-3">
      <DeskLink path="/futures" query={card.query} className="truncate text-12 hover:text-accent" title={card.hint}>
        <span className="text-13 font-semibold">{card.title}</span> <span className="text-muted">{card.detail}</span>
      </DeskLink>
      <span className="num text-20 font-semibold" data-hint={quote ? kindWords(quote.price_kind) : undefined}>
        {quote && price !== null ? <Flash value={quote.price} text={price} /> : <Missing reason={quote ? 'No quote, trade or settlement' : 'On its way, or no source lists it'} focusable />}
      </span>
      <span className="num flex flex-wrap gap-x-2 text-13">
        {quote && change !== null ? <Change value={quote.change} text={change} /> : <span className="text-muted">no change known</span>}
        {quote?.change_pct != null && <Change value={quote.change_pct} text={`${formatSigned(quote.change_pct, 2)}${THIN_SPACE}%`} />}
      </span>
      <LastDay symbol={card.symbol} source={source} />
      <span className="flex flex-wrap items-center gap-x-2 text-12 text-muted">
        {asOf === undefined && state !== null && state !== 'live' && <StateWord state={state} />}
        <Age ageMs={ageAt(clock, quote)} receivedAt={clock.receivedAt} frozen={asOf !== undefined} />
        {source && <SourceTag source={source} />}
      </span>
    </li>
  );
}

function LastDay({ symbol, source }: { symbol: string | undefined; source: string | undefined }) {
  const { asOf, every } = useAsOf();
  const bars = useGet(symbol === undefined || source === undefined ? null : '/api/v1/instruments/{symbol}/bars', { path: { symbol: symbol ?? '' }, query: { interval: '15m', limit: SPARK_BARS, as_of: asOf, source: source ?? '' } }, { every: every(SPARK_EVERY_MS), keep: true });
  if (bars.state === 'loading') return <span className="skeleton my-1 block h-8 w-[132px]" />;
  const closes = bars.state === 'ready' ? bars.data.items.flatMap(({ close }) => (close === null ? [] : [close])) : [];
  if (closes.length < 2) return <span className="block h-10 py-2 text-12 text-muted">{bars.state === 'failed' ? 'Its past could not be had' : 'No past is stored'}</span>;
  return (
    <span className="block h-10 py-1">
      <Spark values={closes} label={`${symbol ?? ''} over its last ${closes.length} quarters of an hour`} width={132} height={32} mark="last" />
    </span>
  );
}
