'use client';

import * as Popover from '@radix-ui/react-popover';
import { History } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { fromFieldValue, isAhead, toFieldValue, zoneName } from '@/lib/time';
import { useZone } from '@/ui/preferences';
import { useQuery } from '@/ui/use-query';

const BACK = [
  { words: '15 minutes ago', milliseconds: 15 * 60_000 },
  { words: '1 hour ago', milliseconds: 3_600_000 },
  { words: '1 day ago', milliseconds: 86_400_000 },
  { words: '7 days ago', milliseconds: 7 * 86_400_000 },
] as const;

/** Chooses the moment the desk is looked at. */
export function AsOfControl() {
  const { asOf } = useAsOf();
  const { change } = useQuery();
  const [zone] = useZone();
  const [open, setOpen] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);

  const go = (iso: string | null) => {
    change({ as_of: iso }, 'push');
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
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="control w-8 justify-center px-0 lg:w-auto lg:px-3">
        <History className="icon" aria-hidden />
        <span className="hidden lg:inline">{asOf ? 'Past' : 'Now'}</span>
        <span className="sr-only">Look at a moment in the past</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="end" sideOffset={6} className="z-40 w-72 rounded border border-line bg-surface p-4 shadow-float">
          <form onSubmit={submit} onChange={() => setComplaint(null)} noValidate className="flex flex-col gap-3">
            <label className="flex flex-col gap-1 text-12 text-muted">
              Look at the desk as of ({zoneName(zone)})
              <input
                key={zone}
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
                <button key={words} type="button" className="control justify-center px-2" onClick={() => go(new Date(Date.now() - milliseconds).toISOString().replace(/\.\d+Z$/, 'Z'))}>
                  {words}
                </button>
              ))}
            </div>
            {asOf && (
              <button type="button" className="control justify-center" onClick={() => go(null)}>
                Back to live
              </button>
            )}
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
