'use client';

import { usePathname } from 'next/navigation';
import type { Problem } from '@/api/problem';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { cx } from '@/lib/cx';
import { chosenUnderlying } from '@/lib/history';
import { sourceWords } from '@/lib/terms';
import { Age } from '@/ui/age';
import { useQuery } from '@/ui/use-query';
import type { FeedSight } from './model';
import { sightOfChain, sightOfProduct, summariseFeeds } from './model';

/** Whether data flows to what the page shows, from where, and how old the newest of it is. */
export function StatusPill() {
  const { asOf } = useAsOf();
  const shown = useShown();

  if (shown.state === 'away') return <Pill tone="bad" words="No answer · trying again" hint="The backend does not answer. The page asks again every few seconds." />;
  if (shown.state === 'loading') return <Pill tone="none" words="Connecting" hint="Asking the backend for its data." />;
  const summary = summariseFeeds(shown.sights);
  const names = summary.sources.map(sourceWords).join(', ');
  if (asOf) {
    const few = summary.sources.length > 1 ? `${summary.sources.length} sources` : names;
    return <Pill tone="late" words={`Past · ${few || 'no data'}`} hint={`You look at a moment in the past. Nothing moves.${names ? ` Sources: ${names}.` : ''}`} />;
  }
  return (
    <Pill tone={summary.tone} words={summary.words} hint={names ? `Sources of what this page shows: ${names}. The age is that of the newest quote.` : 'Nothing is stored yet.'}>
      {summary.ageMs !== null && <Age ageMs={summary.ageMs} receivedAt={shown.receivedAt} />}
    </Pill>
  );
}

type Shown = { state: 'away' } | { state: 'loading' } | { state: 'ready'; sights: FeedSight[]; receivedAt: number };

/** What the page shows, as feeds: an underlying's options, a product, or the whole board. The pages ask the same, so nothing is asked twice. */
function useShown(): Shown {
  const { asOf, every } = useAsOf();
  const { query } = useQuery();
  const onOptions = usePathname() === '/options';
  const root = onOptions ? null : query.get('root');
  const source = query.get('source') ?? undefined;
  const board = useGet(onOptions || root ? null : '/api/v1/futures', { query: { as_of: asOf } }, { every: every(POLL_MS.prices), keep: true });
  const product = useGet(root ? '/api/v1/futures/{root}' : null, { path: { root: (root ?? '').toUpperCase() }, query: { as_of: asOf, source } }, { every: every(POLL_MS.prices), keep: true });
  const options = useGet(onOptions ? '/api/v1/options' : null, { query: { as_of: asOf } }, { every: every(POLL_MS.slow), keep: true });
  const asked = onOptions ? options : root ? product : board;
  if (asked.state === 'failed') return isAway(asked.problem) ? { state: 'away' } : { state: 'ready', sights: [], receivedAt: 0 };
  if (asked.state !== 'ready') return { state: 'loading' };
  if (asked.problem && isAway(asked.problem)) return { state: 'away' };
  const now = asOf ? Date.parse(asOf) : asked.receivedAt;
  if (onOptions) {
    const item = options.state === 'ready' ? chosenUnderlying(options.data.items, query.get('underlying'), now) : undefined;
    return { state: 'ready', sights: item ? [sightOfChain(item, source ?? item.source, now)] : [], receivedAt: asked.receivedAt };
  }
  const products = root ? (product.state === 'ready' ? [product.data] : []) : board.state === 'ready' ? board.data.items : [];
  return { state: 'ready', sights: products.map((each) => sightOfProduct(each, now)), receivedAt: asked.receivedAt };
}

const isAway = (problem: Problem): boolean => problem.isUnreachable || (problem.status ?? 0) >= 500;

const DOT = { good: 'bg-up', late: 'bg-warn', bad: 'bg-down', none: 'bg-muted' };

function Pill({ tone, words, hint, children }: { tone: keyof typeof DOT; words: string; hint: string; children?: React.ReactNode }) {
  return (
    <button type="button" className="control min-w-0 px-3" data-hint={hint} data-testid="status">
      <span className={cx('h-2 w-2 flex-none rounded-full', DOT[tone])} aria-hidden />
      <span className="truncate">{words}</span>
      <span className="hidden min-w-10 text-right text-12 sm:inline">{children}</span>
    </button>
  );
}
