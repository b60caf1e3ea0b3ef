import { cx } from '@/lib/cx';
import { TERMS } from '@/lib/terms';

export type LineState = 'live' | 'delayed' | 'stale' | 'closed' | 'disconnected';

const WORDS: Record<LineState, string> = { live: 'Live', delayed: 'Delayed', stale: 'Stale', closed: 'Closed', disconnected: 'Disconnected' };
/** Closed is nothing to worry about; late is. */
const TONES: Record<LineState, string> = { live: 'text-text', delayed: 'text-warn', stale: 'text-warn', closed: 'text-muted', disconnected: 'text-down' };
/** How current something is, in a word that explains itself. */
export function StateWord({ state, className }: { state: LineState; className?: string }) {
  return (
    <span className={cx('term', TONES[state], className)} data-hint={TERMS[state]}>
      {WORDS[state]}
    </span>
  );
}
