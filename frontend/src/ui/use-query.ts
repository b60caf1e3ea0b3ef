'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

export type QueryPatch = Record<string, string | null>;

/** The address with some of its query values changed; null takes one away. */
export function patchedAddress(pathname: string, search: string, patch: QueryPatch): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text ? `${pathname}?${text}` : pathname;
}

/** The page's state lives in its address: it can be shared, reloaded and walked back through. */
export function useQuery() {
  const query = useSearchParams();
  const change = useCallback((patch: QueryPatch, how: 'push' | 'replace' = 'replace') => {
    const address = patchedAddress(window.location.pathname, window.location.search, patch);
    if (how === 'push') window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
  }, []);
  return { query, change };
}
