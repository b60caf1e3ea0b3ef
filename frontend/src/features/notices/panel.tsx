'use client';

import { BellOff, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { Problem } from '@/api/problem';
import { cx } from '@/lib/cx';
import { formatAgo, formatInstant } from '@/lib/time';
import { useZone } from '@/ui/preferences';
import { useNow } from '@/ui/use-now';
import type { Notice } from './model';
import { noticeWords } from './words';

interface PanelProps {
  notices: readonly Notice[];
  isNew: (notice: Notice) => boolean;
  /** Why nothing of the account can be told. */
  problem: Problem | null;
  retry: () => void;
  onGo: () => void;
}

const LINK = 'text-13 text-accent hover:underline';

/** The notices, the newest first, and the ways to where they come from. */
export default function Panel({ notices, isNew, problem, retry, onGo }: PanelProps) {
  return (
    <>
      <h2 className="border-b border-line px-4 py-3 text-14 font-semibold">Notices</h2>
      {problem && (
        <p className="flex items-center justify-between gap-3 border-b border-line px-4 py-2 text-13 text-warn">
          Notices of your account could not be had.
          <button type="button" className="control h-7 flex-none px-2" onClick={retry}>
            Ask again
          </button>
        </p>
      )}
      {notices.length === 0 ? (
        <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
          <BellOff className="h-6 w-6 text-muted" strokeWidth={1.5} aria-hidden />
          <p className="text-14 font-medium">Nothing to tell</p>
          <p className="text-13 text-muted">A feed that falls silent or comes back stands here, and what happens to your account.</p>
        </div>
      ) : (
        <ul aria-label="Notices" className="min-h-0 flex-1 divide-y divide-line overflow-y-auto overscroll-contain">
          {notices.map((notice) => (
            <Row key={notice.id} notice={notice} isNew={isNew(notice)} onGo={onGo} />
          ))}
        </ul>
      )}
      <div className="flex gap-5 border-t border-line px-4 py-3">
        <Link href="/feeds" className={LINK} onClick={onGo}>
          All feeds
        </Link>
        <Link href="/account#activity" className={LINK} onClick={onGo}>
          Activity of your account
        </Link>
      </div>
    </>
  );
}

const ICONS = { bad: TriangleAlert, good: CircleCheck, calm: Info } as const;
const TONES = { bad: 'text-warn', good: 'text-up', calm: 'text-muted' } as const;

function Row({ notice, isNew, onGo }: { notice: Notice; isNew: boolean; onGo: () => void }) {
  const [zone] = useZone();
  const now = useNow();
  const { title, detail, tone, path } = noticeWords(notice);
  const Icon = ICONS[tone];
  return (
    <li className={cx('flex gap-3 px-4 py-3', isNew && 'bg-raised')}>
      <Icon className={cx('icon mt-0.5', TONES[tone])} aria-hidden />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <Link href={path === '/account' ? '/account#activity' : path} className="text-13 font-medium hover:underline" onClick={onGo}>
          {title}
        </Link>
        {isNew && <span className="sr-only"> (new)</span>}
        {detail && <p className="text-12 text-muted">{detail}</p>}
        <p className="text-12 text-muted">
          <time dateTime={notice.at}>{formatInstant(notice.at, zone)}</time> · {formatAgo(notice.at, now)}
        </p>
      </div>
      {isNew && <span className="mt-2 h-2 w-2 flex-none rounded-full bg-accent" aria-hidden />}
    </li>
  );
}
