'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { cx } from '@/lib/cx';
import { formatDate } from '@/lib/time';
import { AGAINST, MOST_AGAINST } from './model';

interface AgainstProps {
  against: readonly string[];
  onChange: (against: string[]) => void;
}

/** Which earlier moments are laid over the smile: a day, a week, four weeks before, or any date. */
export function Against({ against, onChange }: AgainstProps) {
  const [day, setDay] = useState('');
  const full = against.length >= MOST_AGAINST;
  const toggle = (value: string) => onChange(against.includes(value) ? against.filter((each) => each !== value) : [...against, value]);
  const dates = against.filter((each) => each.includes('-'));
  return (
    <div role="group" aria-label="Held against" className="flex flex-wrap items-center gap-2 text-13 text-muted">
      Held against
      {AGAINST.map(({ value, label }) => {
        const on = against.includes(value);
        return (
          <button key={value} type="button" aria-pressed={on} disabled={!on && full} onClick={() => toggle(value)} className={cx('control', on && 'border-accent bg-raised text-text')}>
            {label}
          </button>
        );
      })}
      {dates.map((date) => (
        <button key={date} type="button" aria-pressed onClick={() => toggle(date)} className="control inline-flex items-center gap-1 border-accent bg-raised text-text">
          {formatDate(date)}
          <X className="h-3 w-3" aria-label="Take away" />
        </button>
      ))}
      <form
        className="inline-flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (day && !against.includes(day)) onChange([...against, day]);
          setDay('');
        }}
      >
        <label className="inline-flex items-center gap-2">
          <span className="sr-only">Another date</span>
          <input type="date" name="against" value={day} min="2000-01-01" max={new Date().toISOString().slice(0, 10)} onChange={(event) => setDay(event.target.value)} className="control" data-hint="The end of that day, in UTC." />
        </label>
        <button type="submit" className="control" disabled={day === '' || full}>
          Add this date
        </button>
      </form>
    </div>
  );
}
