/** The board's rows: products in their sectors, pure. */

import type { Answer } from '@/api/client';
import { isHistory } from '@/lib/history';
import { isFlowing } from '@/stream/over';
import type { TopicView } from '@/stream/store';
import { boardTopic } from '@/stream/topics';

export type Product = Answer<'/api/v1/futures'>['items'][number];
export type Quote = NonNullable<Product['front']>['quote'];
export type Curve = Answer<'/api/v1/futures/{root}/curve'>;

/** What names a product in an address: its source too, where several have it. */
export const queryOf = ({ root, source, sources }: Pick<Product, 'root' | 'source' | 'sources'>): Record<string, string> => (sources.length > 1 ? { root, source } : { root });

/** Sectors in the order people look at them; one not named here comes after, by its letters. */
const SECTOR_ORDER = ['equity', 'interest', 'energy', 'metal', 'coin', 'currenc', 'grain', 'oilseed', 'livestock', 'meat', 'volatility'];

export function sectorOf(product: Pick<Product, 'sector'>): string {
  const sector = product.sector ?? 'other';
  return sector.charAt(0).toUpperCase() + sector.slice(1);
}

function sectorRank(product: Pick<Product, 'sector'>): number {
  const sector = (product.sector ?? '').toLowerCase();
  const at = SECTOR_ORDER.findIndex((name) => sector.startsWith(name));
  return at < 0 ? (sector ? SECTOR_ORDER.length : SECTOR_ORDER.length + 1) : at;
}

export function sortedForBoard(products: readonly Product[]): Product[] {
  return [...products].sort((a, b) => sectorRank(a) - sectorRank(b) || sectorOf(a).localeCompare(sectorOf(b)) || a.root.localeCompare(b.root) || a.source.localeCompare(b.source));
}

/** Products whose root, name, sector or exchange holds every word. */
export function matching(products: readonly Product[], words: string): Product[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return products.filter((product) => {
    const text = [product.root, product.name, product.sector, product.exchange, product.source].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** The sectors there are, in the order of the board. */
export const sectorsOf = (products: readonly Product[]): string[] => [...new Set(sortedForBoard(products).map(sectorOf))];

/** What rows are ordered by, under the name that the address has for it. */
export const SORT_VALUES = {
  product: (row: BoardRow) => row.root,
  front: (row: BoardRow) => row.front?.expiry ?? '',
  price: (row: BoardRow) => row.front?.quote.price ?? -Infinity,
  change: (row: BoardRow) => row.front?.quote.change_pct ?? -Infinity,
  volume: (row: BoardRow) => row.front?.quote.volume ?? -Infinity,
  oi: (row: BoardRow) => row.front?.quote.open_interest ?? -Infinity,
  age: (row: BoardRow) => (row.front?.quote.ts ? -Date.parse(row.front.quote.ts) : Infinity),
  source: (row: BoardRow) => row.source,
};

export type SortName = keyof typeof SORT_VALUES;

export interface Sort {
  id: SortName;
  desc: boolean;
}

const isSortName = (text: string): text is SortName => Object.hasOwn(SORT_VALUES, text);

/** Reads `change` or `change.down`; anything else is the board's own order. */
export function parseSort(text: string | null): Sort | null {
  const [id = '', way] = (text ?? '').split('.');
  return isSortName(id) && (way === undefined || way === 'down') ? { id, desc: way === 'down' } : null;
}

export const writeSort = (sort: Sort | null): string | null => (sort ? `${sort.id}${sort.desc ? '.down' : ''}` : null);

/** Rows in an order; equals stay as they are. */
export function sortedBy(rows: readonly BoardRow[], { id, desc }: Sort): BoardRow[] {
  const value = SORT_VALUES[id];
  const before = (a: BoardRow, b: BoardRow) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0);
  return [...rows].sort((a, b) => (desc ? before(b, a) : before(a, b)));
}

/** Products that trade at `now`, and those of which only history is stored. */
export function partedByLife(products: readonly Product[], now: number): { current: Product[]; past: Product[] } {
  const isPast = (product: Product) => product.front === null || isHistory(product.last_ts, now);
  return { current: products.filter((product) => !isPast(product)), past: products.filter(isPast) };
}

/** As many products as one connection follows with room for everything else on the page; the rest is asked for. */
const MOST_FOLLOWED = 80;

/** The topics of the products that trade at `now`. */
export function topicsOf(products: readonly Product[], now: number): string[] {
  return partedByLife(products, now).current.slice(0, MOST_FOLLOWED).map((product) => boardTopic(product.root, product.source));
}

/** A row of the board; `cut` where it is neither told nor renewed by asking any more. */
export type BoardRow = Product & { cut?: boolean };

/** Products as asked for at `askedAt`, each under what is told of it since; `isAnswered` while asking again succeeds. */
export function withTold(products: readonly Product[], told: ReadonlyMap<string, TopicView<Product>>, askedAt: number, isAnswered: boolean): BoardRow[] {
  const asAsked = (product: Product) => (isAnswered ? product : { ...product, cut: true });
  return products.map((product) => {
    const view = told.get(boardTopic(product.root, product.source));
    if (!view || view.state === 'waiting' || view.state === 'refused') return asAsked(product);
    if (isFlowing(view)) return view.data;
    return askedAt > view.receivedAt ? asAsked(product) : { ...view.data, cut: true };
  });
}

/** Room for the longest root, so that the names after it stand in line. */
export function rootWidth(products: readonly Product[]): string {
  return `${Math.max(3, ...products.map((product) => product.root.length)) * 0.74}em`;
}

/** The prices of the coming year, for a spark. */
export function nearPrices(curve: Curve, years = 1.05): number[] {
  return curve.points
    .filter((point) => point.price !== null && (point.expiry_years ?? 0) <= years)
    .map((point) => point.price as number);
}

/** "Contango 1.2": the shape between the first two contracts, in percent a year. */
export function shapeWords(curve: Curve): { word: string; percent: number | null } | null {
  if (curve.shape === null) return null;
  return { word: curve.shape.charAt(0).toUpperCase() + curve.shape.slice(1), percent: curve.shape_pct_annualised };
}
