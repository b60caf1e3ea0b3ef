'use client';

import { History } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { fromFieldValue, isAhead, shifted, toFieldValue, zoneName } from '@/lib/time';
import { Popup } from '@/ui/popup';
import { useZone } from '@/ui/preferences';
import { useShortcuts } from '@/ui/shortcuts';
import { TimeSteps } from './time-steps';
import { DAY_MS, HOUR_MS, MINUTE_MS, useMoment } from './use-moment';

const BACK = [
  { words: '15 minutes ago', milliseconds: 15 * MINUTE_MS },
  { words: '1 hour ago', milliseconds: HOUR_MS },
  { words: '1 day ago', milliseconds: DAY_MS },
  { words: '7 days ago', milliseconds: 7 * DAY_MS },
] as const;

/** Chooses the moment the desk is looked at. */
export function AsOfControl() {
  const { asOf, go: look, step } = useMoment();
  const [zone] = useZone();
  const [open, setOpen] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  useShortcuts('Time', [
    { keys: 't', words: 'Look at a moment in the past', run: () => setOpen(true) },
    { keys: ',', words: 'A minute back', run: () => step(-MINUTE_MS) },
    { keys: '.', words: 'A minute on', run: () => step(MINUTE_MS) },
    { keys: '<', words: 'An hour back', run: () => step(-HOUR_MS) },
    { keys: '>', words: 'An hour on', run: () => step(HOUR_MS) },
    { keys: '{', words: 'A day back', run: () => step(-DAY_MS) },
    { keys: '}', words: 'A day on', run: () => step(DAY_MS) },
    { keys: 'l', words: 'Back to live', run: () => asOf && look(null) },
  ]);

  const go = (iso: string | null) => {
    look(iso);
    setOpen(false);
    setComplaint(null);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const iso = fromFieldValue(String(new FormData(event.currentTarget).get('moment') ?? ''), zone);
    if (iso === null) setComplaint('This is no moment.');
    else if (isAhead(iso)) setComplaint('That moment has not come yet.');
    else go(iso);
  };

  return (
    <Popup
      button={{
        'data-tour': 'past',
        className: 'control w-8 flex-none justify-center px-0 lg:w-auto lg:px-3',
        children: (
          <>
            <History className="icon" aria-hidden />
            <span className="hidden lg:inline">{asOf ? 'Past' : 'Now'}</span>
            <span className="sr-only">Look at a moment in the past</span>
          </>
        ),
      }}
      label="The moment you look at"
      className="w-80 max-w-[calc(100vw-16px)] p-4"
      open={open}
      onOpenChange={setOpen}
    >
      <form onSubmit={submit} onChange={() => setComplaint(null)} noValidate className="flex flex-col gap-3">
        <label className="flex flex-col gap-1 text-12 text-muted">
          Look at the desk as of ({zoneName(zone)})
          <input
            key={`${zone} ${asOf ?? ''}`}
            type="datetime-local"
            name="moment"
            required
            max={toFieldValue(new Date().toISOString(), zone)}
            aria-invalid={complaint !== null}
            aria-describedby={complaint ? 'moment-complaint' : undefined}
            defaultValue={toFieldValue(asOf ?? new Date().toISOString(), zone)}
            className="control w-full text-13"
          />
        </label>
        {complaint && (
          <p id="moment-complaint" role="alert" className="text-12 text-warn">
            {complaint}
          </p>
        )}
        <button type="submit" className="control justify-center border-accent font-medium text-accent">
          Look at this moment
        </button>
        <div className="grid grid-cols-2 gap-2">
          {BACK.map(({ words, milliseconds }) => (
            <button key={words} type="button" className="control justify-center px-2" onClick={() => go(shifted(new Date().toISOString(), -milliseconds))}>
              {words}
            </button>
          ))}
        </div>
        <TimeSteps className="justify-between" />
        {asOf && (
          <button type="button" className="control justify-center" onClick={() => go(null)}>
            Back to live
          </button>
        )}
      </form>
    </Popup>
  );
}
