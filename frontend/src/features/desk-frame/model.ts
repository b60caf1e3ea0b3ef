import { isHistory, isPastChain } from '@/lib/history';
import { sourceWords } from '@/lib/terms';

/** What the status pill needs to know of a product. */
export interface FeedSight {
  source: string;
  status: string | null;
  ageMs: number | null;
}

/** What a feed last said of itself. */
export interface FeedWord {
  feed: string;
  state: string;
  last_tick_ts: string | null;
}

/** Sights under what their feeds said since, at `now` of the server's clock. A closed exchange stays closed however lively its feed. */
export function sightsNow(sights: readonly FeedSight[], feeds: readonly FeedWord[], now: number): FeedSight[] {
  return sights.map((sight) => {
    const feed = feeds.find((each) => each.feed === sight.source);
    if (!feed || feed.state === 'off' || sight.status === 'history') return sight;
    const ageMs = feed.last_tick_ts === null ? null : now - Date.parse(feed.last_tick_ts);
    return { ...sight, status: sight.status === 'closed' ? 'closed' : feed.state, ageMs };
  });
}

export interface FeedSummary {
  words: string;
  /** Age of the newest quote when it was answered. */
  ageMs: number | null;
  tone: 'good' | 'late' | 'none';
  sources: string[];
}

const RANK = ['live', 'delayed', 'stale', 'closed', 'history'];
const STATUS_WORDS: Record<string, string> = { live: 'Live', delayed: 'Delayed', stale: 'Stale', closed: 'Closed', history: 'History' };

/** A product's row as a feed; without a living contract or anything fresh it is history. */
export function sightOfProduct(product: { source: string; status: string; last_ts: string; front: { quote: { quote_age_ms?: number | null } } | null }, now: number): FeedSight {
  const isPast = product.front === null || isHistory(product.last_ts, now);
  return { source: product.source, status: isPast ? 'history' : product.status, ageMs: isPast ? null : (product.front?.quote.quote_age_ms ?? null) };
}

/** An underlying's options as a feed, from the source that is looked at. */
export function sightOfChain(item: { underlying: string; source: string; status: string; newest_ts: string; expiries: readonly unknown[] }, source: string, now: number): FeedSight {
  if (source !== item.source) return { source, status: null, ageMs: null };
  return { source, status: isPastChain(item, now) ? 'history' : item.status, ageMs: null };
}

/** One line about every feed: the best state any of them is in, and how fresh its newest quote is. History speaks only where nothing else does. */
export function summariseFeeds(sights: readonly FeedSight[]): FeedSummary {
  if (sights.length === 0) return { words: 'No data', ageMs: null, tone: 'none', sources: [] };
  const best = RANK.find((status) => sights.some((sight) => sight.status === status)) ?? null;
  const leading = sights.filter((sight) => sight.status === best);
  const heard = best === 'history' ? sights : sights.filter((sight) => sight.status !== 'history');
  const sources = [...new Set(heard.map((sight) => sight.source))].sort();
  const ages = leading.map((sight) => sight.ageMs).filter((age): age is number => age !== null);
  const onlySource = sources.length === 1 ? sources[0] : undefined;
  const state = best === null ? null : (STATUS_WORDS[best] ?? best);
  const words = onlySource ? [sourceWords(onlySource), state?.toLowerCase()].filter(Boolean).join(' · ') : `${state ?? 'Data'} · ${sources.length} sources`;
  return { words, ageMs: ages.length ? Math.min(...ages) : null, tone: best === 'live' ? 'good' : best === 'history' || best === null ? 'none' : 'late', sources };
}

/** The page of the sidebar that an address belongs to. */
export function pageAt(pathname: string): string {
  const first = `/${pathname.split('/')[1] ?? ''}`;
  return first === '/' ? '/dashboard' : first;
}

export interface FoundInstrument {
  symbol: string;
  kind: string;
  root: string;
  expiry?: string | null;
  strike?: number | null;
}

/** The page on which an instrument is seen; null when no page shows its kind yet. */
export function pageOfInstrument(instrument: FoundInstrument): { path: string; query: Record<string, string> } | null {
  switch (instrument.kind) {
    case 'future':
    case 'perpetual':
      return { path: '/futures', query: { root: instrument.root, tab: 'candles', symbol: instrument.symbol } };
    case 'option':
      return { path: '/options', query: { underlying: instrument.root, ...(instrument.expiry ? { expiry: instrument.expiry } : {}) } };
    default:
      return null;
  }
}

/** How well an entry fits what was typed: every word has to stand in it; one that begins with the words comes first. */
export function paletteScore(entry: string, typed: string, keywords: readonly string[] = []): number {
  const text = [entry, ...keywords].join(' ').toLowerCase();
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return 0;
  return words[0] !== undefined && text.startsWith(words[0]) ? 1 : 0.5;
}

/** What was opened from the search before. */
export interface Recent {
  name: string;
  path: string;
  query: Record<string, string>;
}

const MOST_RECENT = 6;

/** Reads what was kept of them; anything else is nothing. */
export function recentFrom(value: unknown): Recent[] | null {
  if (!Array.isArray(value)) return null;
  return value
    .filter((each: unknown): each is Recent => {
      const { name, path, query } = (each ?? {}) as Partial<Recent>;
      return typeof name === 'string' && typeof path === 'string' && /^\/[a-z-]+(\/[a-z-]+)*$/.test(path) && typeof query === 'object' && query !== null && Object.values(query).every((part) => typeof part === 'string');
    })
    .slice(0, MOST_RECENT);
}

/** With this one first, each once, a few at most. */
export function withRecent(was: readonly Recent[], next: Recent): Recent[] {
  return [next, ...was.filter((each) => each.name !== next.name)].slice(0, MOST_RECENT);
}
