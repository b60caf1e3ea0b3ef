'use client';

import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { cx } from '@/lib/cx';
import { sourceWords } from '@/lib/terms';
import { Age } from '@/ui/age';
import { summariseFeeds } from './model';

/** Whether data flows, from where, and how old the newest of it is. */
export function StatusPill() {
  const { asOf, every } = useAsOf();
  const products = useGet('/api/v1/futures', { query: { as_of: asOf } }, { every: every(POLL_MS.prices), keep: true });

  if (products.state === 'failed' || (products.state === 'ready' && products.problem)) {
    return <Pill tone="bad" words="No answer · trying again" hint="The backend does not answer. The page asks again every few seconds." />;
  }
  if (products.state !== 'ready') return <Pill tone="none" words="Connecting" hint="Asking the backend for its data." />;
  const summary = summariseFeeds(
    products.data.items.map((product) => ({ source: product.source, status: product.status, ageMs: product.front?.quote?.quote_age_ms ?? null })),
  );
  const names = summary.sources.map(sourceWords).join(', ');
  if (asOf) return <Pill tone="late" words={`Past · ${names || 'no data'}`} hint="You look at a moment in the past. Nothing moves." />;
  return (
    <Pill tone={summary.tone} words={summary.words} hint={names ? `Sources: ${names}. The age is that of the newest quote.` : 'Nothing is stored yet.'}>
      {summary.ageMs !== null && <Age ageMs={summary.ageMs} receivedAt={products.receivedAt} />}
    </Pill>
  );
}

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
