'use client';

import { cx } from '@/lib/cx';
import { formatAge } from '@/lib/time';
import { useNow } from './use-now';

interface AgeProps {
  /** Age of the data when it was answered, in milliseconds. */
  ageMs: number | null | undefined;
  /** When the answer arrived, on this machine's clock. */
  receivedAt: number;
  /** In the past (`as_of`) an age stands still. */
  frozen?: boolean;
  /** From here on it is older than it should be. */
  lateMs?: number;
  className?: string;
}

/** How old a number is, counted on while it is looked at. */
export function Age({ ageMs, receivedAt, frozen = false, lateMs = 15_000, className }: AgeProps) {
  const now = useNow();
  if (ageMs == null) return <span className="text-muted">·</span>;
  const age = frozen || now === 0 ? ageMs : ageMs + Math.max(0, now - receivedAt);
  return <span className={cx('num', age > lateMs ? 'text-warn' : 'text-muted', className)}>{formatAge(age)}</span>;
}
