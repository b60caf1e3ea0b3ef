'use client';

import { useEffect, useMemo, useState } from 'react';
import type { Resource } from '@/api/use-get';
import { useGet } from '@/api/use-get';
import { useAsOf } from '@/api/use-as-of';
import type { Answer } from '@/api/client';
import { POLL_MS } from '@/config/desk';
import type { Clock } from '@/lib/time';
import { isFlowing } from '@/stream/over';
import { useServerTime, useTopics } from '@/stream/use-topic';
import type { BoardRow, Product } from './model';
import { topicsOf, withTold } from './model';

const NOTHING: readonly Product[] = [];

export interface Board {
  asOf: string | undefined;
  /** What the API answered, with its failures. */
  asked: Resource<Answer<'/api/v1/futures'>>;
  /** Every product under what is told of it since. */
  items: readonly BoardRow[];
  /** What ages are counted from. */
  clock: Clock;
}

/** All products with the newest prices: told where they flow, asked for where they don't. */
export function useBoard(): Board {
  const { asOf, every } = useAsOf();
  const [flowing, setFlowing] = useState(false);
  const asked = useGet('/api/v1/futures', { query: { as_of: asOf } }, { every: every(flowing ? POLL_MS.slow : POLL_MS.prices), keep: true });
  const products = asked.state === 'ready' ? asked.data.items : NOTHING;
  const askedAt = asked.state === 'ready' ? asked.receivedAt : 0;
  const topics = useMemo(() => (asOf ? [] : topicsOf(products, askedAt)), [asOf, products, askedAt]);
  const told = useTopics<Product>(topics);
  // A past moment needs no renewal.
  const isAnswered = asOf !== undefined || (asked.state === 'ready' && asked.problem === null);
  const items = useMemo(() => withTold(products, told, askedAt, isAnswered), [products, told, askedAt, isAnswered]);
  const allFlow = topics.length > 0 && [...told.values()].every(isFlowing);
  useEffect(() => setFlowing(allFlow), [allFlow]);
  const time = useServerTime();
  const clock = useMemo((): Clock => (asOf || !time ? { serverAt: null, receivedAt: askedAt } : time), [asOf, time, askedAt]);
  return { asOf, asked, items, clock };
}
