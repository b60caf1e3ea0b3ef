import type { Renewal } from './renewal';
import { renew } from './renewal';

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls `listener` when a request finds that the session is over; returns how to stop that. */
export function onSessionEnded(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * `fetch` for whoever is signed in: a 401 renews the session once and asks once more.
 * Where there is nothing to renew, everybody who listens is told and the 401 is returned.
 */
export async function sessionFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const askedAt = Date.now();
  const response = await fetch(request);
  if (response.status !== 401 || isAboutSigningIn(request.url)) return response;
  const renewal: Renewal = await renew(askedAt);
  if (renewal === 'renewed') return fetch(again);
  if (renewal === 'ended') listeners.forEach((listener) => listener());
  return response;
}

// A 401 of these says that what was typed is wrong, not that the session is.
const SIGNING_IN = ['/auth/login', '/auth/token', '/auth/mfa/challenge', '/auth/mfa/verify', '/auth/mfa/disable', '/auth/mfa/recovery-codes', '/auth/refresh'];

function isAboutSigningIn(url: string): boolean {
  const path = new URL(url, 'http://here').pathname;
  return SIGNING_IN.some((end) => path.endsWith(end));
}
