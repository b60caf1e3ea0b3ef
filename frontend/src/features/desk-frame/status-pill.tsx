'use client';

import { usePathname } from 'next/navigation';
import type { Problem } from '@/api/problem';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { cx } from '@/lib/cx';
import { chosenUnderlying } from '@/lib/history';
import { sourceWords } from '@/lib/terms';
import { isFlowing } from '@/stream/over';
import { FEEDS_TOPIC } from '@/stream/topics';
import { useConnection, useHeartbeat, useServerTime, useTopic } from '@/stream/use-topic';
import { Age } from '@/ui/age';
import { useQuery } from '@/ui/use-query';
import type { FeedSight, FeedWord } from './model';
import { sightOfChain, sightOfProduct, sightsNow, summariseFeeds } from './model';

/** This many attempts in a row without a line: the page lives by asking, and says so. */
const ATTEMPTS_TOLD = 3;

/** Whether data flows to what the page shows, from where, and how old the newest of it is. */
export function StatusPill() {
  const { asOf } = useAsOf();
  const connection = useConnection();
  const shown = useShown(connection.state === 'open');
  const { feeds, time } = useFeeds();

  if (shown.state === 'away') return <Pill tone="bad" words="No answer · trying again" hint="The backend does not answer. The page asks again every few seconds." />;
  if (shown.state === 'loading') return <Pill tone="none" words="Connecting" hint="Asking the backend for its data." />;
  const isOpen = connection.state === 'open' && time !== null;
  const summary = summariseFeeds(isOpen && !asOf ? sightsNow(shown.sights, feeds, time.serverAt) : shown.sights);
  const names = summary.sources.map(sourceWords).join(', ');
  if (asOf) {
    const few = summary.sources.length > 1 ? `${summary.sources.length} sources` : names;
    return <Pill tone="late" words={`Past · ${few || 'no data'}`} hint={`You look at a moment in the past. Nothing moves.${names ? ` Sources: ${names}.` : ''}`} />;
  }
  const sources = names ? ` Sources of what this page shows: ${names}.` : '';
  if (connection.state === 'lost' && connection.failures < ATTEMPTS_TOLD) {
    return <Pill tone="bad" words="Disconnected · trying again" hint={`This page has lost its line to the desk and tries again by itself; meanwhile it asks every few seconds.${sources}`} />;
  }
  const age = summary.ageMs !== null && <Age ageMs={summary.ageMs} receivedAt={isOpen ? time.receivedAt : shown.receivedAt} />;
  if (connection.state !== 'open' && connection.state !== 'connecting') {
    return (
      <Pill tone="late" words={`Asked every 3 s · ${summary.words}`} hint={`No live line can be had, so this page asks every 3 seconds and goes on trying.${sources}`}>
        {age}
      </Pill>
    );
  }
  return (
    <Pill tone={summary.tone} words={summary.words} hint={names ? `Live line: ${isOpen ? 'open' : 'opening'}.${sources} The age is that of the newest quote.` : 'Nothing is stored yet.'}>
      {age}
    </Pill>
  );
}

/** What the feeds say of themselves, and the clock to count their ages by. */
function useFeeds() {
  const topic = useTopic<{ items: FeedWord[] }>(FEEDS_TOPIC);
  const heartbeat = useHeartbeat();
  const time = useServerTime();
  return { feeds: isFlowing(topic) && topic.data ? topic.data.items : (heartbeat?.feeds ?? []), time };
}

type Shown = { state: 'away' } | { state: 'loading' } | { state: 'ready'; sights: FeedSight[]; receivedAt: number };

/** What the page shows, as feeds: an underlying's options, a product, or the whole board. The pages ask the same, so nothing is asked twice. */
function useShown(isTold: boolean): Shown {
  const { asOf, every } = useAsOf();
  const { query } = useQuery();
  // While the live line is open, asking tells only what is there at all.
  const pace = every(isTold ? POLL_MS.slow : POLL_MS.prices);
  const onOptions = usePathname() === '/options';
  const root = onOptions ? null : query.get('root');
  const source = query.get('source') ?? undefined;
  const board = useGet(onOptions || root ? null : '/api/v1/futures', { query: { as_of: asOf } }, { every: pace, keep: true });
  const product = useGet(root ? '/api/v1/futures/{root}' : null, { path: { root: (root ?? '').toUpperCase() }, query: { as_of: asOf, source } }, { every: pace, keep: true });
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
    <button type="button" className="control min-w-0 px-2 sm:px-3" data-hint={hint} data-testid="status" data-tour="feeds">
      <span className={cx('h-2 w-2 flex-none rounded-full', DOT[tone])} aria-hidden />
      <span className="truncate">{words}</span>
      <span className="hidden min-w-10 text-right text-12 sm:inline">{children}</span>
    </button>
  );
}
