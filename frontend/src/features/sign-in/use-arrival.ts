'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useSession } from '@/api/session';
import { nextPage } from '@/lib/next-page';

/** On the pages that sign in: whoever is signed in goes on to where they wanted to go. */
export function useArrival(): { next: string | null; ready: boolean } {
  const router = useRouter();
  const { state } = useSession();
  const [next, setNext] = useState<string | null>(null);
  useEffect(() => setNext(new URLSearchParams(window.location.search).get('next')), []);
  useEffect(() => {
    if (state === 'signed-in') router.replace(nextPage(new URLSearchParams(window.location.search).get('next'), window.location.origin));
  }, [state, router]);
  return { next, ready: state === 'anonymous' };
}
