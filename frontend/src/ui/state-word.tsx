import { cx } from '@/lib/cx';

export type LineState = 'live' | 'delayed' | 'stale' | 'closed' | 'disconnected';

const WORDS: Record<LineState, string> = { live: 'Live', delayed: 'Delayed', stale: 'Stale', closed: 'Closed', disconnected: 'Disconnected' };
/** Closed is nothing to worry about; late is. */
const TONES: Record<LineState, string> = { live: 'text-text', delayed: 'text-warn', stale: 'text-warn', closed: 'text-muted', disconnected: 'text-down' };
const HINTS: Record<LineState, string> = {
  live: 'Prices come as they should.',
  delayed: 'The newest quote is older than it should be.',
  stale: 'The market is open, but its feed has fallen silent. What you see is old.',
  closed: 'The exchange is closed.',
  disconnected: 'This page has lost its line to the desk and tries again by itself. What you see is from before.',
};

/** How current something is, in a word that explains itself. */
export function StateWord({ state, className }: { state: LineState; className?: string }) {
  return (
    <span className={cx('term', TONES[state], className)} data-hint={HINTS[state]}>
      {WORDS[state]}
    </span>
  );
}
