import { formatDate } from '@/lib/time';

export const ROLE_WORDS: Record<string, { name: string; may: string }> = {
  viewer: { name: 'Viewer', may: 'Reads the market and portfolios, changes nothing.' },
  trader: { name: 'Trader', may: 'Reads the market, keeps portfolios and alerts.' },
  admin: { name: 'Administrator', may: 'May do everything, and manages the people here.' },
};

export interface Scope {
  value: string;
  name: string;
  may: string;
}

/** What a key can be allowed, the harmless first. */
export const SCOPES = [
  { value: 'market:read', name: 'Read the market', may: 'Quotes, curves, chains, history and the calculators.' },
  { value: 'market:write', name: 'Change market data', may: 'Imports prices into the store.' },
  { value: 'portfolio:read', name: 'Read portfolios', may: 'Trades, positions, profit and risk.' },
  { value: 'portfolio:write', name: 'Change portfolios', may: 'Records and edits trades.' },
  { value: 'alerts:write', name: 'Change alerts', may: 'Makes, edits and ends alerts.' },
] as const satisfies readonly Scope[];

export type ScopeValue = (typeof SCOPES)[number]['value'];

/** The scopes of a key in words: `Read the market, change alerts`. */
export function scopeWords(scopes: readonly string[]): string {
  const known = SCOPES.filter((scope) => scopes.includes(scope.value)).map((scope) => scope.name);
  const others = scopes.filter((scope) => !SCOPES.some((each) => each.value === scope));
  return [...known, ...others].map((words, index) => (index === 0 ? words : words.charAt(0).toLowerCase() + words.slice(1))).join(', ');
}

export const KEY_LIVES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'Never' },
] as const;

export type KeyLife = (typeof KEY_LIVES)[number]['value'];

const DAY_MS = 86_400_000;

/** The days that a key made now lives, or null when it never ends. */
export const daysOf = (life: KeyLife): number | null => (life === 'never' ? null : Number(life));

/** When a key ends, in words; `late` when that is soon or has been. */
export function expiryWords(expiresAt: string | null | undefined, now: number): { words: string; tone: 'calm' | 'soon' | 'over' } {
  if (!expiresAt) return { words: 'Never expires', tone: 'calm' };
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return { words: `Expired ${formatDate(expiresAt)}`, tone: 'over' };
  const days = Math.ceil(left / DAY_MS);
  if (days <= 7) return { words: days === 1 ? 'Expires within a day' : `Expires in ${days} days`, tone: 'soon' };
  return { words: `Expires ${formatDate(expiresAt)}`, tone: 'calm' };
}

/** `ts_live_ab…wxyz`: all that is ever shown of a key again. */
export const maskedKey = (key: { prefix: string; last_four: string }): string => `${key.prefix}…${key.last_four}`;

/** A secret in groups of four, so that it can be typed off the screen. */
export const inGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? '';

/** A command that shows at once that a key works. */
export const curlExample = (key: string, origin: string): string => `curl -H "Authorization: Bearer ${key}" ${origin}/api/v1/futures`;

/** The recovery codes as a text to keep. */
export function codesSheet(codes: readonly string[], account: string, madeOn: string): string {
  return [`TradeSense recovery codes for ${account}`, `Made on ${formatDate(madeOn)}. Each works once, instead of a code from the app.`, '', ...codes, ''].join('\n');
}

/** A picture of ours as an address that an `img` can show; nothing in it can run there. */
export const svgAddress = (svg: string): string => `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
