/** The dashboard's arrangement and what its tiles pick from the board: pure. */

import type { Answer } from '@/api/client';
import { isHistory } from '@/lib/history';

export type Product = Answer<'/api/v1/futures'>['items'][number] & { cut?: boolean };
export type Underlying = Answer<'/api/v1/options'>['items'][number];

export const TILES = ['prices', 'watch', 'movers', 'curve', 'volatility', 'expiries'] as const;
export type TileId = (typeof TILES)[number];

export const TILE_NAMES: Record<TileId, string> = {
  prices: 'Prices',
  watch: 'Watch list',
  movers: 'Movers',
  curve: 'Term structure',
  volatility: 'Implied volatility',
  expiries: 'Expiries ahead',
};

export type CardsOf = 'products' | 'watched';

/** What a person made of the dashboard. */
export interface Layout {
  order: readonly TileId[];
  hidden: readonly TileId[];
  /** Roots of the price cards; null for those the board begins with. */
  cards: readonly string[] | null;
  /** Whether the cards are of products or of the first contracts of the watch list. */
  cardsOf: CardsOf;
  /** The product of the curve and the underlying of the volatilities; null for the first there is. */
  root: string | null;
  underlying: string | null;
}

export const STANDARD: Layout = { order: TILES, hidden: [], cards: null, cardsOf: 'products', root: null, underlying: null };
export const MOST_CARDS = 8;
const CARDS_AT_FIRST = 6;

const isTile = (value: unknown): value is TileId => TILES.includes(value as TileId);
const wordOf = (value: unknown): string | null => (typeof value === 'string' && value.length <= 64 ? value : null);

/** Reads what is kept; tiles that are new since then come last, those that are gone are left out. */
export function layoutFrom(value: unknown): Layout | null {
  if (typeof value !== 'object' || value === null) return null;
  const { order, hidden, cards, cardsOf, root, underlying } = value as Record<string, unknown>;
  if (!Array.isArray(order) || !Array.isArray(hidden)) return null;
  const kept = [...new Set(order.filter(isTile))];
  return {
    order: [...kept, ...TILES.filter((tile) => !kept.includes(tile))],
    hidden: hidden.filter(isTile),
    cards: Array.isArray(cards) ? cards.filter((each): each is string => wordOf(each) !== null).slice(0, MOST_CARDS) : null,
    cardsOf: cardsOf === 'watched' ? 'watched' : 'products',
    root: wordOf(root),
    underlying: wordOf(underlying),
  };
}

/** The tile so many places further on among those that are shown. */
export function movedTile(layout: Layout, tile: TileId, by: number): Layout {
  const shown = shownTiles(layout);
  const target = shown[shown.indexOf(tile) + by];
  return target === undefined ? layout : placedTile(layout, tile, target);
}

/** The tile in the place of another, which makes way. */
export function placedTile(layout: Layout, tile: TileId, target: TileId): Layout {
  if (tile === target) return layout;
  const forward = layout.order.indexOf(tile) < layout.order.indexOf(target);
  const rest = layout.order.filter((each) => each !== tile);
  const at = rest.indexOf(target) + (forward ? 1 : 0);
  return { ...layout, order: [...rest.slice(0, at), tile, ...rest.slice(at)] };
}

export const shownTiles = (layout: Layout): TileId[] => layout.order.filter((tile) => !layout.hidden.includes(tile));

export function withTile(layout: Layout, tile: TileId, isShown: boolean): Layout {
  const hidden = layout.hidden.filter((each) => each !== tile);
  return { ...layout, hidden: isShown ? hidden : [...hidden, tile] };
}

/** Products with a contract that trades at `now`. */
export const aliveAt = (products: readonly Product[], now: number): Product[] => products.filter((product) => product.front !== null && !isHistory(product.last_ts, now));

/** The products of the price cards: those chosen, or the first of each sector's. */
export function cardProducts(products: readonly Product[], cards: readonly string[] | null): Product[] {
  if (cards !== null) return cards.flatMap((root) => products.find((product) => product.root === root) ?? []);
  return oneOfEachSector(products).slice(0, CARDS_AT_FIRST);
}

/** One product of each sector in turn, then the second ones, and so on. */
function oneOfEachSector(products: readonly Product[]): Product[] {
  const sectors = new Map<string, Product[]>();
  for (const product of products) sectors.set(product.sector ?? '', [...(sectors.get(product.sector ?? '') ?? []), product]);
  const most = Math.max(0, ...[...sectors.values()].map((each) => each.length));
  return Array.from({ length: most }, (_, at) => [...sectors.values()].flatMap((each) => each[at] ?? [])).flat();
}

export function toggledCard(shown: readonly string[], root: string): string[] {
  return shown.includes(root) ? shown.filter((each) => each !== root) : [...shown, root].slice(0, MOST_CARDS);
}

const changeOf = (product: Product): number => product.front?.quote.change_pct ?? 0;

/** The products that rose and fell most, each the furthest first; one that stands still is neither. */
export function movers(products: readonly Product[], most = 4): { up: Product[]; down: Product[] } {
  const ranked = products.filter((product) => changeOf(product) !== 0).sort((a, b) => changeOf(b) - changeOf(a));
  return { up: ranked.filter((each) => changeOf(each) > 0).slice(0, most), down: ranked.filter((each) => changeOf(each) < 0).reverse().slice(0, most) };
}

export interface Ahead {
  key: string;
  kind: 'future' | 'options';
  symbol: string;
  /** The root or underlying whose page shows it. */
  of: string;
  source: string;
  expiry: string;
  days: number;
}

const DAY_MS = 86_400_000;

/** Contracts and chains that end next, from `now` on, the soonest first. */
export function expiriesAhead(products: readonly Product[], underlyings: readonly Underlying[], now: number, most = 8): Ahead[] {
  const today = Math.floor(now / DAY_MS);
  const daysTo = (expiry: string) => Math.round(Date.parse(expiry.slice(0, 10)) / DAY_MS) - today;
  const futures = products.flatMap(({ root, source, front }): Ahead[] =>
    front?.expiry ? [{ key: `${front.symbol} ${source}`, kind: 'future', symbol: front.symbol, of: root, source, expiry: front.expiry, days: daysTo(front.expiry) }] : [],
  );
  const options = underlyings.flatMap(({ underlying, source, expiries }): Ahead[] =>
    expiries.slice(0, 2).map(({ expiry }) => ({ key: `${underlying} ${expiry} ${source}`, kind: 'options', symbol: underlying, of: underlying, source, expiry, days: daysTo(expiry) })),
  );
  return [...futures, ...options]
    .filter((each) => each.days >= 0)
    .sort((a, b) => a.days - b.days || a.kind.localeCompare(b.kind) || a.symbol.localeCompare(b.symbol))
    .slice(0, most);
}

export const daysWords = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `${days} days`);
