'use client';

import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useSWRConfig } from 'swr';
import type { Answer } from './client';
import { get } from './client';
import { Problem } from './problem';
import { markRenewed, renew, renewedAt } from './renewal';
import { send } from './send';
import { onSessionEnded } from './session-fetch';

export type Me = Answer<'/api/v1/users/me'>;

/** Access lasts 15 minutes; renewing ahead spares the next click a round trip. */
const RENEW_AFTER_MS = 12 * 60_000;
const LOOK_EVERY_MS = 30_000;
const ASK_AGAIN_MS = 4_000;

type State =
  /** Not known yet; `problem` where the backend could not be asked. */
  | { state: 'unknown'; user: null; problem: Problem | null }
  | { state: 'anonymous'; user: null; problem: null }
  | { state: 'signed-in'; user: Me; problem: null };

type Session = State & {
  /** Asks anew who is signed in: after signing in, or when the account was changed. */
  renew: () => Promise<void>;
  signOut: () => Promise<void>;
};

const ANONYMOUS: State = { state: 'anonymous', user: null, problem: null };
const SessionContext = createContext<Session | null>(null);

/** Who is signed in, for the whole app and in step with its other tabs. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [known, setKnown] = useState<State>({ state: 'unknown', user: null, problem: null });
  const { mutate } = useSWRConfig();
  const tell = useOtherTabs(useCallback((signedIn: boolean) => (signedIn ? void askRef.current() : setKnown(ANONYMOUS)), []));
  const before = useRef<string | null>(null);

  const learn = useCallback(
    (next: State) => {
      const id = next.user?.id ?? null;
      // What one person was shown is not shown to the next.
      if (next.state !== 'unknown' && id !== before.current) {
        before.current = id;
        void mutate(() => true, undefined, { revalidate: id !== null });
      }
      setKnown(next);
    },
    [mutate],
  );

  const ask = useCallback(async () => {
    try {
      learn({ state: 'signed-in', user: await get('/api/v1/users/me', {}), problem: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) learn(ANONYMOUS);
      // Not knowing who it is ends nothing: whoever was signed in still is.
      else setKnown((now) => (now.state === 'signed-in' ? now : { state: 'unknown', user: null, problem: error }));
    }
  }, [learn]);
  const askRef = useRef(ask);
  askRef.current = ask;

  const startOver = useCallback(async () => {
    markRenewed();
    await ask();
    tell(true);
  }, [ask, tell]);

  const signOut = useCallback(async () => {
    await send('POST', '/api/v1/auth/logout');
    learn(ANONYMOUS);
    tell(false);
  }, [learn, tell]);

  useEffect(() => void ask(), [ask]);
  useEffect(() => onSessionEnded(() => learn(ANONYMOUS)), [learn]);
  useRenewalAhead(known.state === 'signed-in');
  const cannotAsk = known.state === 'unknown' && known.problem !== null;
  useEffect(() => {
    if (!cannotAsk) return;
    const timer = setInterval(() => void ask(), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [cannotAsk, ask]);

  const session = useMemo<Session>(() => ({ ...known, renew: startOver, signOut }), [known, startOver, signOut]);
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above it');
  return session;
}

/** Hears of signing in and out in the other tabs, and returns how to tell them. */
function useOtherTabs(onChange: (signedIn: boolean) => void): (signedIn: boolean) => void {
  const channel = useRef<BroadcastChannel | null>(null);
  useEffect(() => {
    if (typeof BroadcastChannel === 'undefined') return;
    const opened = new BroadcastChannel('tradesense-session');
    opened.onmessage = (event: MessageEvent<{ signedIn?: unknown }>) => onChange(event.data?.signedIn === true);
    channel.current = opened;
    return () => opened.close();
  }, [onChange]);
  return useCallback((signedIn: boolean) => channel.current?.postMessage({ signedIn }), []);
}

/** Renews before access runs out, while somebody looks. */
function useRenewalAhead(signedIn: boolean) {
  useEffect(() => {
    if (!signedIn) return;
    const look = () => {
      const due = renewedAt() + RENEW_AFTER_MS;
      if (document.visibilityState === 'visible' && renewedAt() > 0 && Date.now() > due) void renew(due - RENEW_AFTER_MS);
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [signedIn]);
}
