'use client';

import { useMemo } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { isFlowing } from '@/stream/over';
import { useTopics } from '@/stream/use-topic';
import type { Quote } from './watch-model';
import { askedSymbols, watchRows, watchTopics } from './watch-model';

const NO_QUOTES: readonly Quote[] = [];

/** The newest quote of each symbol: told where it flows, asked for where it doesn't. */
export function useQuotes(symbols: readonly string[]) {
  const { asOf, every } = useAsOf();
  const topics = useMemo(() => (asOf ? [] : watchTopics(symbols)), [asOf, symbols]);
  const told = useTopics<Quote>(topics);
  const allFlow = topics.length === symbols.length && [...told.values()].every(isFlowing);
  const answer = useGet(symbols.length === 0 ? null : '/api/v1/futures/quotes', { query: { symbols: askedSymbols(symbols), as_of: asOf } }, { every: every(allFlow ? POLL_MS.slow : POLL_MS.prices), keep: true });
  const asked = answer.state === 'ready' ? answer.data.items : NO_QUOTES;
  const askedAt = answer.state === 'ready' ? answer.receivedAt : 0;
  const problem = answer.state === 'failed' || answer.state === 'ready' ? answer.problem : null;
  const isAnswered = problem === null;
  const rows = useMemo(() => watchRows(symbols, asked, askedAt, told, isAnswered), [symbols, asked, askedAt, told, isAnswered]);
  return { rows, problem: allFlow ? null : problem, retry: answer.state === 'ready' || answer.state === 'failed' ? answer.retry : () => undefined };
}
