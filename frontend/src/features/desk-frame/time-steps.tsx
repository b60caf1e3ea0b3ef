'use client';

import { cx } from '@/lib/cx';
import { DAY_MS, HOUR_MS, MINUTE_MS, useMoment } from './use-moment';

const STEPS = [
  { sign: '\u2212d', words: 'A day back', milliseconds: -DAY_MS },
  { sign: '\u2212h', words: 'An hour back', milliseconds: -HOUR_MS },
  { sign: '\u2212min', words: 'A minute back', milliseconds: -MINUTE_MS },
  { sign: '+min', words: 'A minute on', milliseconds: MINUTE_MS },
  { sign: '+h', words: 'An hour on', milliseconds: HOUR_MS },
  { sign: '+d', words: 'A day on', milliseconds: DAY_MS },
] as const;

/** Steps through time by a day, an hour, a minute. */
export function TimeSteps({ className, buttonClassName }: { className?: string; buttonClassName?: string }) {
  const { asOf, step } = useMoment();
  return (
    <div role="group" aria-label="Step through time" className={cx('flex gap-1', className)}>
      {STEPS.map(({ sign, words, milliseconds }) => (
        <button
          key={words}
          type="button"
          aria-label={words}
          disabled={!asOf && milliseconds > 0}
          className={buttonClassName ?? 'control num h-7 justify-center px-2 text-12'}
          onClick={() => step(milliseconds)}
        >
          {sign}
        </button>
      ))}
    </div>
  );
}
