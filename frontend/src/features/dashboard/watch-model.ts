/** Watch lists: what is kept, what is typed, what is quoted. Pure. */

import type { Answer } from '@/api/client';
import { decimalsOfSize } from '@/lib/format';
import { isFlowing } from '@/stream/over';
import type { TopicView } from '@/stream/store';
import { quotesTopic } from '@/stream/topics';
import type { Product } from './model';
import { MOST_CARDS } from './model';

export type Watchlist = Answer<'/api/v1/watchlists'>['items'][number];
export type Quote = Answer<'/api/v1/futures/quotes'>['items'][number];
export type Instrument = Answer<'/api/v1/instruments'>['items'][number];

export const MOST_LISTS = 20;
export const LONGEST_NAME = 60;
export const MOST_WATCHED = 200;
/** As many as one connection follows beside the products; the rest is asked for. */
const MOST_FOLLOWED = 30;
/** The API reads so many characters of symbols in one question. */
const LONGEST_QUESTION = 6_900;
const MOST_SUGGESTED = 8;

/** A list as this page last had it: changed here, or null where it was deleted here. */
export type Own = ReadonlyMap<string, { list: Watchlist | null; at: number }>;

/** The lists as the server told them at `askedAt`, each under what was done to it here since. */
export function mergedLists(asked: readonly Watchlist[], askedAt: number, own: Own): Watchlist[] {
  const kept = asked.flatMap((list) => {
    const mine = own.get(list.id);
    if (mine === undefined) return [list];
    if (mine.list === null) return mine.at > askedAt ? [] : [list];
    return [mine.list.version >= list.version ? mine.list : list];
  });
  const made = [...own.values()].flatMap(({ list, at }) => (list && at > askedAt && !asked.some((each) => each.id === list.id) ? [list] : []));
  return [...kept, ...made];
}

/** A symbol so many places further on; the same order where it can go no further. */
export function movedSymbol(symbols: readonly string[], symbol: string, by: number): string[] {
  return placedSymbol(symbols, symbol, symbols.indexOf(symbol) + by);
}

/** A symbol at another place; the same order where there is no such symbol or place. */
export function placedSymbol(symbols: readonly string[], symbol: string, to: number): string[] {
  if (!symbols.includes(symbol) || to < 0 || to >= symbols.length) return [...symbols];
  const rest = symbols.filter((each) => each !== symbol);
  return [...rest.slice(0, to), symbol, ...rest.slice(to)];
}

/** The symbols of a list that are asked for in one question. */
export function askedSymbols(symbols: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const symbol of symbols.slice(0, MOST_WATCHED)) {
    length += symbol.length + 1;
    if (length > LONGEST_QUESTION) break;
    kept.push(symbol);
  }
  return kept.join(',');
}

export const watchTopics = (symbols: readonly string[]): string[] => symbols.slice(0, MOST_FOLLOWED).map((symbol) => quotesTopic(symbol));

export interface WatchRow {
  symbol: string;
  quote: Quote | undefined;
  /** What the line says of it, where it is told live; disconnected where it is neither told nor asked for with success. */
  state: Exclude<TopicView['state'], 'waiting' | 'refused'> | null;
}

/** The rows of a list: each the newer of what is told and what was asked for at `askedAt`; `isAnswered` while asking again succeeds. */
export function watchRows(symbols: readonly string[], asked: readonly Quote[], askedAt: number, told: ReadonlyMap<string, TopicView<Quote>>, isAnswered: boolean): WatchRow[] {
  const bySymbol = new Map(asked.map((quote) => [quote.symbol, quote]));
  return symbols.map((symbol) => {
    const view = told.get(quotesTopic(symbol));
    if (view && view.state !== 'waiting' && view.state !== 'refused') {
      if (isFlowing(view)) return { symbol, quote: view.data, state: view.state };
      if (view.receivedAt >= askedAt) return { symbol, quote: view.data, state: 'disconnected' };
    }
    const quote = bySymbol.get(symbol);
    return { symbol, quote, state: quote && !isAnswered ? 'disconnected' : null };
  });
}

/** The product a contract's symbol belongs to. */
export function productOf(symbol: string, products: readonly Product[]): Product | undefined {
  return products.filter(({ root }) => symbol === root || symbol.startsWith(`${root}-`)).sort((a, b) => b.root.length - a.root.length)[0];
}

/** The tick its prices are written in; where nobody tells it, what shows about four figures. */
export function tickOf(quote: Quote | undefined, product: Product | undefined): number {
  return product?.tick ?? 10 ** -decimalsOfSize(quote?.price ?? 0);
}

const WATCHED_KINDS: readonly string[] = ['future', 'perpetual', 'index', 'equity'];

/** What a price card shows: the front contract of a product, or a contract of the watch list. */
export interface Card {
  key: string;
  title: string;
  detail: string | undefined;
  hint: string | undefined;
  symbol: string | undefined;
  /** Nobody told yet where its prices come from. */
  source: string | undefined;
  quote: Quote | undefined;
  tick: number | null;
  state: Product['status'] | NonNullable<WatchRow['state']> | null;
  /** Where the page of it is. */
  query: Record<string, string>;
}

export const cardsOfProducts = (products: readonly Product[]): Card[] =>
  products.map(({ root, source, name, tick, front, cut, status }) => ({
    key: `${root} ${source}`,
    title: root,
    detail: front?.symbol,
    hint: name ?? undefined,
    symbol: front?.symbol,
    source,
    quote: front?.quote,
    tick,
    state: cut ? 'disconnected' : status,
    query: { root },
  }));

/** As many cards as there is room for, in the list's own order. */
export const cardsOfWatched = (rows: readonly WatchRow[], products: readonly Product[]): Card[] =>
  rows.slice(0, MOST_CARDS).map(({ symbol, quote, state }) => {
    const product = productOf(symbol, products);
    return {
      key: symbol,
      title: symbol,
      detail: undefined,
      hint: product?.name ?? undefined,
      symbol,
      source: quote?.source ?? undefined,
      quote,
      tick: tickOf(quote, product),
      state,
      query: pageOf(symbol, product),
    };
  });

/** What leads to the page of a contract. */
export const pageOf = (symbol: string, product: Product | undefined): Record<string, string> => (product ? { root: product.root, tab: 'candles', symbol } : { q: symbol });

/** What may be meant by what was typed: quoted by themselves, not over at `now`, not in the list; each symbol once. */
export function suggested(found: readonly Instrument[], listed: readonly string[], now: number): Instrument[] {
  const seen = new Set(listed);
  return found
    .filter((each) => {
      const end = each.expires_at ?? (each.expiry ? `${each.expiry}T23:59:59Z` : null);
      if (seen.has(each.symbol) || !WATCHED_KINDS.includes(each.kind) || (end !== null && Date.parse(end) < now)) return false;
      seen.add(each.symbol);
      return true;
    })
    .slice(0, MOST_SUGGESTED);
}

const isSymbol = (word: string): boolean => /^[A-Z0-9][A-Z0-9._&-]{0,63}$/.test(word);
const wordsOf = (text: string): string[] => [...new Set(text.toUpperCase().split(/[\s,;]+/).filter(Boolean))];

/** Symbols in a pasted text, or none where it is a single word: that is looked for instead. */
export function pastedSymbols(text: string): string[] {
  const words = wordsOf(text);
  return words.length > 1 && words.every((word) => isSymbol(word) && /\d/.test(word)) ? words : [];
}

/** What was written as a list: its symbols, and the words that can be none. */
export function writtenSymbols(text: string): { symbols: string[]; odd: string[] } {
  const words = wordsOf(text);
  return { symbols: words.filter(isSymbol), odd: words.filter((word) => !isSymbol(word)) };
}

/** The name of a copy, within what a name may have, and unlike the others. */
export function copyName(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? ' copy' : ` copy ${number}`;
    const copy = name.slice(0, LONGEST_NAME - end.length) + end;
    if (!taken.includes(copy)) return copy;
  }
}
