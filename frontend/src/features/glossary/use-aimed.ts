'use client';

import { useCallback, useEffect, useState } from 'react';
import type { TermName } from '@/lib/terms';
import { termAt } from '@/lib/glossary';

/** The term that the address names: it is brought into view, marked, and given the focus, so that reading goes on there. */
export function useAimed(): { aimed: TermName | null; aim: (term: string) => void } {
  const [aimed, setAimed] = useState<TermName | null>(null);
  const aim = useCallback((hash: string) => {
    const term = termAt(hash);
    setAimed(term);
    if (term === null) return;
    // After a search is given up the entry is there again in the next picture.
    requestAnimationFrame(() => {
      const entry = document.getElementById(term);
      entry?.scrollIntoView({ block: 'start' });
      entry?.focus({ preventScroll: true });
    });
  }, []);
  useEffect(() => {
    const look = () => aim(window.location.hash);
    look();
    window.addEventListener('hashchange', look);
    window.addEventListener('popstate', look);
    return () => {
      window.removeEventListener('hashchange', look);
      window.removeEventListener('popstate', look);
    };
  }, [aim]);
  return { aimed, aim };
}
