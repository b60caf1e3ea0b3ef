'use client';

import { Bell } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useMemo, useRef, useState } from 'react';
import { usePreference, usePreferencesKnown } from '@/api/preferences';
import { useGet } from '@/api/use-get';
import { Popup } from '@/ui/popup';
import { accountNotices, bellWords, isUnread, markFrom, merged, newsWords, readMark } from './model';
import { useFeedLog } from './use-feed-log';

const ACCOUNT_EVERY_MS = 120_000;
const MOST_EVENTS = 50;

const Panel = dynamic(() => import('./panel'), { ssr: false, loading: () => <p className="p-4 text-13 text-muted">On its way</p> });

/** The bell of the header: how many notices are unread, and the list of them. */
export function NoticeBell({ person }: { person: string }) {
  const [open, setOpen] = useState(false);
  const feeds = useFeedLog(person);
  const events = useGet('/api/v1/users/me/audit', { query: { limit: MOST_EVENTS } }, { every: ACCOUNT_EVERY_MS, keep: true });
  const account = events.state === 'ready' ? events.data.items : null;
  const notices = useMemo(() => merged(feeds, accountNotices(account ?? [])), [feeds, account]);
  const [readAt, setReadAt] = usePreference<string | null>('notices.read', null, markFrom);
  const isKnown = usePreferencesKnown();
  const unreadOf = (mark: string | null) => notices.filter((each) => isUnread(each, mark, navigator.userAgent)).length;
  const unread = isKnown && notices.length > 0 ? unreadOf(readAt) : 0;
  // What was new when the list was opened stays marked while it is open.
  const [markAtOpening, setMarkAtOpening] = useState<string | null>(null);
  useEffect(() => {
    if (!open || !isKnown) return;
    const mark = readMark(notices, readAt);
    if (mark !== null && mark !== readAt) setReadAt(mark);
  }, [open, isKnown, notices, readAt, setReadAt]);
  const turn = (next: boolean) => {
    if (next) {
      setMarkAtOpening(readAt);
      if (events.state === 'ready' || events.state === 'failed') events.retry();
    }
    setOpen(next);
  };
  return (
    <>
      <Popup
        button={{
          className: 'control relative w-8 flex-none justify-center px-0',
          'aria-label': bellWords(unread),
          'data-tour': 'bell',
          children: (
            <>
              <Bell className="icon" aria-hidden />
              {unread > 0 && (
                <span aria-hidden className="num absolute -right-1.5 -top-1.5 min-w-4 rounded-full bg-accent px-1 text-center text-12 font-semibold leading-4 text-background">
                  {unread > 99 ? '99+' : unread}
                </span>
              )}
            </>
          ),
        }}
        label="Notices"
        className="flex max-h-[min(70vh,560px)] w-96 max-w-[calc(100vw-16px)] flex-col"
        open={open}
        onOpenChange={turn}
      >
        <Panel
          notices={notices}
          isNew={(notice) => isUnread(notice, markAtOpening, navigator.userAgent)}
          problem={events.state === 'failed' ? events.problem : null}
          retry={() => events.state === 'failed' && events.retry()}
          onGo={() => setOpen(false)}
        />
      </Popup>
      <News unread={isKnown && events.state !== 'loading' ? (open ? 0 : unread) : null} />
    </>
  );
}

/** Says that more has come, when nothing else is being said; silent about what was there from the start. */
function News({ unread }: { unread: number | null }) {
  const before = useRef<number | null>(null);
  const [words, setWords] = useState('');
  useEffect(() => {
    if (unread === null) return;
    if (before.current !== null && unread !== before.current) setWords(unread > before.current ? newsWords(unread) : '');
    before.current = unread;
  }, [unread]);
  return (
    <span aria-live="polite" className="sr-only" data-testid="news">
      {words}
    </span>
  );
}
