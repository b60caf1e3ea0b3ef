'use client';

import { useEffect, useRef } from 'react';
import { isFlowing } from './over';
import type { TopicView } from './store';

/**
 * Asks again when a topic says that something is new, at most so often: for answers that are made of what the topic
 * tells, yet are not told themselves.
 */
export function useNotice(view: TopicView<unknown>, renew: () => void, leastMs: number): void {
  const news = isFlowing(view) ? view.data : null;
  const latest = useRef(renew);
  latest.current = renew;
  const last = useRef(Date.now());
  useEffect(() => {
    if (news === null) return undefined;
    const timer = setTimeout(
      () => {
        last.current = Date.now();
        latest.current();
      },
      Math.max(0, last.current + leastMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [news, leastMs]);
}
