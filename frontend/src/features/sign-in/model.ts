import type { Me } from '@/api/session';

/** What signing in answers with. Its token is left alone: the cookies carry the session. */
export interface SignedIn {
  user: Me;
  expires_in: number;
}

/** The token in a mailed link's fragment, which no server ever sees. */
export function tokenOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') || null;
}
