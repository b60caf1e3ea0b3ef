/**
 * Renews the session's cookies, silently and once: one request however many ask, in however many tabs.
 * The tokens are in cookies that no script can read; nothing of them is kept here.
 */

const REFRESH_PATH = '/api/v1/auth/refresh';
const RENEWED_AT = 'tradesense.renewed-at';
const TIMEOUT_MS = 10_000;

/** `ended`: there is no session to renew. `unknown`: nobody answered, or not with a yes or no. */
export type Renewal = 'renewed' | 'ended' | 'unknown';

let running: Promise<Renewal> | null = null;

/** Renews the session, unless that was done since `askedAt`, here or in another tab. */
export function renew(askedAt: number): Promise<Renewal> {
  running ??= alone(() => (renewedAt() > askedAt ? Promise.resolve<Renewal>('renewed') : ask())).finally(() => {
    running = null;
  });
  return running;
}

/** When the session was last renewed, on this machine's clock; 0 for never. */
export function renewedAt(): number {
  try {
    return Number(localStorage.getItem(RENEWED_AT)) || 0;
  } catch {
    return 0;
  }
}

/** Remembers that the session is fresh now: after signing in, and after each renewal. */
export function markRenewed(): void {
  try {
    localStorage.setItem(RENEWED_AT, String(Date.now()));
  } catch {
    // Without storage each tab renews for itself, which the server allows for.
  }
}

async function ask(): Promise<Renewal> {
  let response: Response;
  try {
    response = await fetch(REFRESH_PATH, { method: 'POST', credentials: 'same-origin', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    return 'unknown';
  }
  if (response.ok) {
    markRenewed();
    return 'renewed';
  }
  return response.status === 401 ? 'ended' : 'unknown';
}

async function alone(work: () => Promise<Renewal>): Promise<Renewal> {
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return work();
  return await navigator.locks.request('tradesense-renewal', work);
}
