/** Notices: what feeds and the account have to tell, in one list. Pure. */
import type { AuditItem } from '@/lib/account-events';
import { isAlarming, isNews } from '@/lib/account-events';

export interface FeedNotice {
  about: 'feed';
  id: string;
  /** When it was told, on the server's clock. */
  at: string;
  name: string;
  what: 'silent' | 'live' | 'closed' | 'off' | 'on' | 'lost' | 'back';
  reason: string | null;
}

export interface AccountNotice {
  about: 'account';
  id: string;
  at: string;
  item: AuditEntry;
}

/** Whatever comes to tell more, such as alerts, becomes another member. */
export type Notice = FeedNotice | AccountNotice;

export interface AuditEntry extends AuditItem {
  ts: string;
  user_agent: string | null;
  ip: string | null;
}

/** What a feed says of itself, as far as it is told on. */
export interface FeedNow {
  feed: string;
  name: string;
  state: string;
  reason: string | null;
}

/** What is remembered of the feeds: how each was last, and what was told of them, the newest first. */
export interface FeedLog {
  states: Readonly<Record<string, string>>;
  notices: readonly FeedNotice[];
}

export const MOST_NOTICES = 100;
export const EMPTY_LOG: FeedLog = { states: {}, notices: [] };
/** The line between this browser and the desk, among the feeds. */
const LINE = ' line';

/** What a change of state is, for whoever did not look; null where it is nothing to tell, such as a feed that is a little late. */
export function changeOf(before: string | undefined, now: string): FeedNotice['what'] | null {
  if (before === now) return null;
  if (now === 'off') return before === undefined ? null : 'off';
  if (before === 'off') return now === 'stale' ? 'silent' : 'on';
  if (now === 'stale') return 'silent';
  if (before === 'stale') return now === 'closed' ? 'closed' : now === 'live' ? 'live' : null;
  return null;
}

/** The state that the next change is measured against: a feed that is late after its silence has not come back yet. */
const settledState = (before: string | undefined, now: string): string => (before === 'stale' && now === 'delayed' ? 'stale' : now);

/** The log after the feeds said how they are; the same one where nothing changed. */
export function heard(log: FeedLog, feeds: readonly FeedNow[], at: string): FeedLog {
  const told: FeedNotice[] = [];
  const states: Record<string, string> = { ...log.states };
  for (const { feed, name, state, reason } of feeds) {
    const what = changeOf(log.states[feed], state);
    if (what !== null) told.push({ about: 'feed', id: `${feed} ${what} ${at}`, at, name, what, reason });
    states[feed] = settledState(log.states[feed], state);
  }
  return grown(log, states, told);
}

/** The log after the line to the desk was lost, or had again. */
export function lineHeard(log: FeedLog, isOpen: boolean, at: string): FeedLog {
  const state = isOpen ? 'open' : 'lost';
  const before = log.states[LINE] ?? 'open';
  if (before === state) return log;
  const what = isOpen ? 'back' : 'lost';
  return grown(log, { ...log.states, [LINE]: state }, [{ about: 'feed', id: `line ${what} ${at}`, at, name: 'The line to the desk', what, reason: null }]);
}

function grown(log: FeedLog, states: Record<string, string>, told: readonly FeedNotice[]): FeedLog {
  const isSame = told.length === 0 && Object.keys(states).every((feed) => states[feed] === log.states[feed]);
  return isSame ? log : { states, notices: [...told, ...log.notices].slice(0, MOST_NOTICES) };
}

const WHATS: readonly string[] = ['silent', 'live', 'closed', 'off', 'on', 'lost', 'back'] satisfies FeedNotice['what'][];

/** Reads what a browser kept; anything else is an empty log. */
export function logFrom(text: string | null): FeedLog {
  try {
    const { states, notices } = JSON.parse(text ?? '{}') as Partial<Record<keyof FeedLog, unknown>>;
    if (typeof states !== 'object' || states === null || !Array.isArray(notices)) return EMPTY_LOG;
    const known = Object.entries(states).filter((each): each is [string, string] => typeof each[1] === 'string');
    return { states: Object.fromEntries(known), notices: notices.filter(isFeedNotice).slice(0, MOST_NOTICES) };
  } catch {
    return EMPTY_LOG; // Written by something else: as good as nothing.
  }
}

function isFeedNotice(value: unknown): value is FeedNotice {
  if (typeof value !== 'object' || value === null) return false;
  const { about, id, at, name, what, reason } = value as Record<string, unknown>;
  return about === 'feed' && typeof id === 'string' && isInstant(at) && typeof name === 'string' && typeof what === 'string' && WHATS.includes(what) && (reason === null || typeof reason === 'string');
}

const isInstant = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** What happened to the account, as far as it is news. */
export function accountNotices(events: readonly AuditEntry[]): AccountNotice[] {
  return events.filter((item) => isNews(item.event)).map((item) => ({ about: 'account', id: `account ${item.ts} ${item.event}`, at: item.ts, item }));
}

/** Everything in one list, the newest first, bounded. */
export function merged(...lists: ReadonlyArray<readonly Notice[]>): Notice[] {
  return lists
    .flat()
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
    .slice(0, MOST_NOTICES);
}

/** Whether it is the owner's own doing in this very browser, which is no news; what may be somebody else always is. */
const isOwnDoing = (notice: Notice, userAgent: string): boolean => notice.about === 'account' && notice.item.by_you && notice.item.user_agent === userAgent && !isAlarming(notice.item.event);

/** Whether somebody who read up to `readAt` has yet to see it. */
export const isUnread = (notice: Notice, readAt: string | null, userAgent: string): boolean => (readAt === null || Date.parse(notice.at) > Date.parse(readAt)) && !isOwnDoing(notice, userAgent);

/** The mark up to which everything is read; the same one where nothing is newer. */
export function readMark(notices: readonly Notice[], before: string | null): string | null {
  const newest = notices[0]?.at ?? null;
  if (newest === null || (before !== null && Date.parse(newest) <= Date.parse(before))) return before;
  return newest;
}

/** Reads a kept mark. */
export const markFrom = (value: unknown): string | null => (isInstant(value) ? value : null);

/** What the bell is called. */
export const bellWords = (unread: number): string => (unread === 0 ? 'Notices' : `Notices, ${unread} unread`);
/** What is said when more has come. */
export const newsWords = (unread: number): string => (unread === 0 ? '' : unread === 1 ? '1 unread notice' : `${unread} unread notices`);
