/** Notices in words. Pure. */
import { eventWords, isAlarming } from '@/lib/account-events';
import { deviceWords } from '@/lib/devices';
import type { FeedNotice, Notice } from './model';

export interface NoticeWords {
  title: string;
  detail: string | null;
  tone: 'bad' | 'good' | 'calm';
  /** Where one looks into it. */
  path: string;
}

const FEED_WORDS: Record<FeedNotice['what'], { of: (name: string) => string; detail: string | null; tone: NoticeWords['tone'] }> = {
  silent: { of: (name) => `${name} fell silent`, detail: 'Its prices are old until it is back.', tone: 'bad' },
  live: { of: (name) => `${name} is live again`, detail: null, tone: 'good' },
  closed: { of: (name) => `${name}: the exchange is closed`, detail: 'It was silent before that.', tone: 'calm' },
  off: { of: (name) => `${name} was switched off`, detail: 'Nothing new comes from it.', tone: 'calm' },
  on: { of: (name) => `${name} was switched on`, detail: null, tone: 'calm' },
  lost: { of: () => 'The line to the desk was lost', detail: 'What was shown meanwhile was from before.', tone: 'bad' },
  back: { of: () => 'The line to the desk is back', detail: null, tone: 'good' },
};

export function noticeWords(notice: Notice): NoticeWords {
  if (notice.about === 'feed') {
    const words = FEED_WORDS[notice.what];
    return { title: words.of(notice.name), detail: notice.reason ? notice.reason.charAt(0).toUpperCase() + notice.reason.slice(1) : words.detail, tone: words.tone, path: '/feeds' };
  }
  const { item } = notice;
  const from = [item.user_agent && deviceWords(item.user_agent), item.ip].filter(Boolean).join(' · ');
  return { title: eventWords(item), detail: from || null, tone: isAlarming(item.event) ? 'bad' : 'calm', path: '/account' };
}
