import { sourceWords } from '@/lib/terms';

/** What the status pill needs to know of a product. */
export interface FeedSight {
  source: string;
  status: string | null;
  ageMs: number | null;
}

export interface FeedSummary {
  words: string;
  /** Age of the newest quote when it was answered. */
  ageMs: number | null;
  tone: 'good' | 'late' | 'none';
  sources: string[];
}

const RANK = ['live', 'delayed', 'stale', 'closed'];
const STATUS_WORDS: Record<string, string> = { live: 'Live', delayed: 'Delayed', stale: 'Stale', closed: 'Closed' };

/** One line about every feed: the best state any of them is in, and how fresh its newest quote is. */
export function summariseFeeds(sights: readonly FeedSight[]): FeedSummary {
  const sources = [...new Set(sights.map((sight) => sight.source))].sort();
  if (sights.length === 0) return { words: 'No data', ageMs: null, tone: 'none', sources };
  const best = RANK.find((status) => sights.some((sight) => sight.status === status)) ?? 'closed';
  const leading = sights.filter((sight) => sight.status === best);
  const ages = leading.map((sight) => sight.ageMs).filter((age): age is number => age !== null);
  const onlySource = sources.length === 1 ? sources[0] : undefined;
  const state = STATUS_WORDS[best] ?? best;
  const words = onlySource ? `${sourceWords(onlySource)} · ${state.toLowerCase()}` : `${state} · ${sources.length} sources`;
  return { words, ageMs: ages.length ? Math.min(...ages) : null, tone: best === 'live' ? 'good' : 'late', sources };
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
