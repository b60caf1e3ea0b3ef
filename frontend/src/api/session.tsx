'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { browserSession } from './browser-session';
import { settlePreferences } from './preferences';
import type { Problem } from './problem';
import type { Me, SessionState } from './session-keeper';
import { UNKNOWN } from './session-keeper';

export type { Me } from './session-keeper';

export interface Session {
  state: SessionState['state'];
  /** Who is signed in. */
  user: Me | null;
  /** Why nobody is. */
  because: 'nobody' | 'ended' | 'signed-out' | null;
  /** Why it is not known yet. */
  problem: Problem | null;
  /** Asks again who is signed in: after a change of the account. */
  renew: () => Promise<void>;
  /** Takes note of who has just signed in. */
  admit: (user: Me, freshSeconds: number) => void;
  /** Signs out, in every tab. Throws a `Problem` when the server could not be told. */
  signOut: () => Promise<void>;
}

/** Asks who is signed in, which renews a session that has lapsed; for whoever was shown out of something else, such as the stream. */
export async function renewSilently(): Promise<'renewed' | 'ended' | 'unsure'> {
  const answered = await browserSession.askWho();
  const { state } = browserSession.current();
  if (state === 'anonymous') return 'ended';
  return answered && state === 'signed-in' ? 'renewed' : 'unsure';
}

/** Who is signed in, in this tab and all the others. */
export function useSession(): Session {
  const session = useSyncExternalStore(browserSession.subscribe, browserSession.current, () => UNKNOWN);
  return {
    state: session.state,
    user: session.state === 'signed-in' ? session.user : null,
    because: session.state === 'anonymous' ? session.because : null,
    problem: session.state === 'unknown' ? session.problem : null,
    renew: async () => void (await browserSession.askWho()),
    admit: browserSession.admit,
    signOut: leave,
  };
}

/** What was chosen a moment ago goes to the server first: signing out empties this browser. */
async function leave(): Promise<void> {
  await settlePreferences();
  await browserSession.signOut();
}

/** Keeps the session while the page is open. A page that anybody may see asks only where a session is remembered. */
export function useSessionKept(forAnybody: boolean): void {
  useEffect(() => {
    const stop = browserSession.start(forAnybody);
    const wake = () => document.visibilityState === 'visible' && browserSession.wake();
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('pageshow', wake);
    window.addEventListener('online', wake);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('pageshow', wake);
      window.removeEventListener('online', wake);
    };
    // Only the page that is opened first decides how to begin.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}
