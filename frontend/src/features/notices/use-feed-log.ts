'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { toast } from '@/ui/toast';
import { isFlowing } from '@/stream/over';
import { FEEDS_TOPIC } from '@/stream/topics';
import { useConnection, useServerTime, useTopic } from '@/stream/use-topic';
import type { FeedLog, FeedNotice, FeedNow } from './model';
import { EMPTY_LOG, heard, lineHeard, logFrom } from './model';

/** A line that is back within this time was hardly missed. */
const LINE_MISSED_MS = 5_000;
const TOAST_MS = 8_000;

/** What the feeds have told this person's browser: kept over reloads, shared by its tabs, gone with the session. */
export function useFeedLog(person: string): readonly FeedNotice[] {
  const topic = useTopic<{ items: FeedNow[] }>(FEEDS_TOPIC);
  const [log, change] = useStoredLog(person);
  const here = useRef<FeedLog>(EMPTY_LOG);
  const items = isFlowing(topic) && topic.data ? topic.data.items : null;
  const at = topic.data ? topic.ts : null;
  useEffect(() => {
    if (items === null || at === null) return;
    change((was) => heard(was, items, at));
    // What another tab has written down already is still to be said in this one, unless it was so from the start.
    const before = here.current;
    here.current = heard(before, items, at);
    if (before !== EMPTY_LOG && here.current !== before) sayAloud(here.current.notices.filter((each) => !before.notices.includes(each)));
  }, [items, at, change]);
  useLine(change);
  return log.notices;
}

function sayAloud(told: readonly FeedNotice[]): void {
  if (document.visibilityState !== 'visible') return;
  for (const { id, name, what } of told) if (what === 'silent') toast.warning(`${name} fell silent. Its prices are old until it is back.`, { id, duration: TOAST_MS });
}

/** Notes a line that was missed for a while, with the time at which it was lost. */
function useLine(change: (next: (was: FeedLog) => FeedLog) => void): void {
  const { state } = useConnection();
  const time = useServerTime();
  const clock = useRef(time);
  clock.current = time;
  useEffect(() => {
    if (state !== 'lost' && state !== 'open') return;
    const ahead = clock.current ? clock.current.serverAt - clock.current.receivedAt : 0;
    const at = new Date(Date.now() + ahead).toISOString();
    const note = () => change((was) => lineHeard(was, state === 'open', at));
    if (state === 'open') return note();
    const timer = setTimeout(note, LINE_MISSED_MS);
    return () => clearTimeout(timer);
  }, [state, change]);
}

function useStoredLog(person: string): [FeedLog, (next: (was: FeedLog) => FeedLog) => void] {
  const name = `tradesense.notices.${person}`;
  const [log, setLog] = useState<FeedLog>(() => read(name) ?? EMPTY_LOG);
  const kept = useRef(log);
  const look = useCallback(() => {
    kept.current = read(name) ?? kept.current;
    setLog(kept.current);
    return kept.current;
  }, [name]);
  const change = useCallback(
    (next: (was: FeedLog) => FeedLog) => {
      // Feeds speak every second and seldom say anything new: the store is read only then, for another tab may have been first.
      if (next(kept.current) === kept.current) return;
      const was = look();
      const now = next(was);
      if (now === was) return;
      write(name, now);
      kept.current = now;
      setLog(now);
    },
    [look, name],
  );
  useEffect(() => {
    const hear = (event: StorageEvent) => event.key === name && look();
    window.addEventListener('storage', hear);
    return () => window.removeEventListener('storage', hear);
  }, [look, name]);
  return [log, change];
}

function read(name: string): FeedLog | null {
  try {
    const text = window.localStorage.getItem(name);
    return text === null ? null : logFrom(text);
  } catch {
    return null; // A browser that forbids storage remembers as long as the page is open.
  }
}

function write(name: string, log: FeedLog): void {
  try {
    window.localStorage.setItem(name, JSON.stringify(log));
  } catch {
    return;
  }
}
