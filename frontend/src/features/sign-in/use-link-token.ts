'use client';

import { useEffect, useState } from 'react';
import { tokenOf } from './model';

/** The token of a mailed link: `undefined` until it is read, `null` where there is none. It leaves the address bar at once. */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null | undefined>();
  useEffect(() => {
    const take = () => {
      const found = tokenOf(window.location.hash);
      if (found) window.history.replaceState(null, '', window.location.pathname + window.location.search);
      setToken((before) => found ?? before ?? null);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return token;
}
