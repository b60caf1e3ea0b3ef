import type { AuditEntry, FeedLog, FeedNow, Notice } from './model';
import { accountNotices, bellWords, changeOf, EMPTY_LOG, heard, isUnread, lineHeard, logFrom, markFrom, merged, MOST_NOTICES, newsWords, readMark } from './model';
import { noticeWords } from './words';

const feed = (state: string, reason: string | null = null): FeedNow => ({ feed: 'deribit', name: 'Deribit', state, reason });
const at = (minute: number) => `2026-03-17T14:${String(minute).padStart(2, '0')}:00Z`;
const after = (...states: string[]): FeedLog => states.reduce((log, state, minute) => heard(log, [feed(state)], at(minute)), EMPTY_LOG);
const whats = (log: FeedLog) => log.notices.map((each) => each.what);
const event = (name: string, more: Partial<AuditEntry> = {}): AuditEntry => ({ event: name, by_you: true, detail: {}, ts: at(0), user_agent: 'here', ip: '192.0.2.1', ...more });

describe('what feeds have to tell', () => {
  it('is a silence and its end, the newest first, with the time', () => {
    const log = after('live', 'stale', 'live');
    expect(whats(log)).toEqual(['live', 'silent']);
    expect(log.notices[1]?.at).toBe(at(1));
  });
  it('is nothing while a feed is only a little late, or its exchange closes', () => {
    expect(whats(after('live', 'delayed', 'live', 'closed', 'live'))).toEqual([]);
  });
  it('is an end only when prices are really back', () => expect(whats(after('live', 'stale', 'delayed', 'live'))).toEqual(['live', 'silent']));
  it('is a feed that is silent when it is first heard of, but not one that is off', () => {
    expect(whats(after('stale'))).toEqual(['silent']);
    expect(whats(after('off'))).toEqual([]);
  });
  it('is being switched off and on', () => expect(whats(after('live', 'off', 'live'))).toEqual(['on', 'off']));
  it('is told once: the same log where nothing changed', () => {
    const log = after('live', 'stale');
    expect(heard(log, [feed('stale')], at(9))).toBe(log);
    expect(changeOf('stale', 'stale')).toBeNull();
  });
  it('is the line to the desk, lost and back', () => {
    const lost = lineHeard(EMPTY_LOG, false, at(1));
    expect(lineHeard(lost, false, at(2))).toBe(lost);
    expect(whats(lineHeard(lost, true, at(3)))).toEqual(['back', 'lost']);
    expect(lineHeard(EMPTY_LOG, true, at(1))).toBe(EMPTY_LOG);
  });
  it('is bounded', () => {
    const states = Array.from({ length: 300 }, (_, index) => (index % 2 ? 'stale' : 'live'));
    expect(after(...states.map((state) => state)).notices).toHaveLength(MOST_NOTICES);
  });
  it('survives a reload, and a store that something else wrote to', () => {
    const log = after('live', 'stale');
    expect(logFrom(JSON.stringify(log))).toEqual(log);
    expect(logFrom('{"states":[],"notices":3}')).toEqual(EMPTY_LOG);
    expect(logFrom('nonsense')).toEqual(EMPTY_LOG);
    expect(logFrom(null)).toEqual(EMPTY_LOG);
    expect(logFrom('{"states":{"a":"live","b":3},"notices":[{"about":"feed"}]}')).toEqual({ states: { a: 'live' }, notices: [] });
  });
});

describe('the list', () => {
  const silent = after('live', 'stale').notices;
  it('has feeds and account together, the newest first, without routine', () => {
    const account = accountNotices([event('password_changed', { ts: at(5) }), event('registered')]);
    expect(merged(silent, account).map((each) => each.about)).toEqual(['account', 'feed']);
    expect(merged(Array.from({ length: 200 }, (): Notice => ({ ...silent[0]!, at: at(3) })))).toHaveLength(MOST_NOTICES);
  });
  it('counts what is newer than the mark, whatever way the time is written', () => {
    expect(silent.filter((each) => isUnread(each, null, 'here'))).toHaveLength(1);
    expect(silent.filter((each) => isUnread(each, '2026-03-17T14:01:00.000Z', 'here'))).toHaveLength(0);
    expect(silent.filter((each) => isUnread(each, '2026-03-17T14:00:59.999Z', 'here'))).toHaveLength(1);
  });
  it('does not count what one did in this browser, but always what may be somebody else', () => {
    const [mine] = accountNotices([event('password_changed')]);
    const [elsewhere] = accountNotices([event('password_changed', { user_agent: 'there' })]);
    const [alarming] = accountNotices([event('mfa_disabled')]);
    expect([mine, elsewhere, alarming].map((each) => isUnread(each!, null, 'here'))).toEqual([false, true, true]);
  });
  it('is read up to its newest, never back', () => {
    expect(readMark(silent, null)).toBe(at(1));
    expect(readMark(silent, at(7))).toBe(at(7));
    expect(readMark([], null)).toBeNull();
    expect(markFrom('soon')).toBeNull();
    expect(markFrom(at(1))).toBe(at(1));
  });
});

describe('notices in words', () => {
  it('say what happened and where to look', () => {
    const log = heard(after('live'), [feed('stale', 'Deribit unreachable, trying again')], at(2));
    expect(noticeWords(log.notices[0]!)).toEqual({ title: 'Deribit fell silent', detail: 'Deribit unreachable, trying again', tone: 'bad', path: '/feeds' });
    expect(noticeWords(lineHeard(EMPTY_LOG, false, at(1)).notices[0]!).title).toBe('The line to the desk was lost');
    const [failed] = accountNotices([event('sign_in_failed', { user_agent: 'curl/8.5.0' })]);
    expect(noticeWords(failed!)).toEqual({ title: 'A sign-in failed: wrong password', detail: 'curl · 192.0.2.1', tone: 'bad', path: '/account' });
  });
  it('count for who cannot see the number', () => {
    expect(bellWords(0)).toBe('Notices');
    expect(bellWords(2)).toBe('Notices, 2 unread');
    expect(newsWords(1)).toBe('1 unread notice');
  });
});
