'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { cx } from '@/lib/cx';
import type { Offered } from '@/lib/earlier';
import { earlierWords, MOST_EARLIER } from '@/lib/earlier';

interface EarlierMomentsProps {
  label: string;
  offered: readonly Offered[];
  asked: readonly string[];
  onChange: (asked: string[]) => void;
  /** The colour of the line that one of them is drawn in. */
  colourOf?: (asked: string) => string | undefined;
}

const DAY_MS = 86_400_000;

/** Which earlier moments are laid over a picture: some days before, or any dates. */
export function EarlierMoments({ label, offered, asked, onChange, colourOf }: EarlierMomentsProps) {
  const [date, setDate] = useState('');
  const isFull = asked.length >= MOST_EARLIER;
  const toggle = (value: string) => onChange(asked.includes(value) ? asked.filter((each) => each !== value) : [...asked, value]);
  const dates = asked.filter((each) => !offered.some(({ value }) => value === each));
  return (
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-2 text-13 text-muted">
      {label}
      {[...offered.map(({ value }) => value), ...dates].map((value) => {
        const on = asked.includes(value);
        const colour = on ? colourOf?.(value) : undefined;
        return (
          <button key={value} type="button" aria-pressed={on} disabled={!on && isFull} onClick={() => toggle(value)} className={cx('control', on && 'border-accent bg-raised text-text')}>
            {colour && <span className="h-2 w-2 rounded-full" style={{ background: colour }} aria-hidden />}
            {earlierWords(value, offered)}
            {dates.includes(value) && <X className="h-3 w-3" aria-label="Take away" />}
          </button>
        );
      })}
      <form
        className="inline-flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (date && !asked.includes(date)) onChange([...asked, date]);
          setDate('');
        }}
      >
        <label className="inline-flex items-center gap-2">
          <span className="sr-only">Another date</span>
          <input
            type="date"
            value={date}
            min="2000-01-01"
            max={new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)}
            onChange={(event) => setDate(event.target.value)}
            className="control"
            data-hint="The end of that day, in UTC."
          />
        </label>
        <button type="submit" className="control" disabled={date === '' || isFull}>
          Add this date
        </button>
      </form>
    </div>
  );
}
