'use client';

import { ListPlus } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { Confirm } from '@/ui/confirm';
import { Popup } from '@/ui/popup';
import type { Watchlists } from './use-watchlists';

const MOST_LISTS = 20;
const LONGEST_NAME = 60;

/** Makes, renames and deletes watch lists. */
export function ListMenu({ watching }: { watching: Watchlists }) {
  const { list, lists, make, rename, erase } = watching;
  const [open, setOpen] = useState(false);
  const [asks, setAsks] = useState(false);
  const submit = (act: (name: string) => void) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    if (name === '') return;
    act(name);
    setOpen(false);
  };
  return (
    <>
      <Popup button={{ className: 'control px-2', 'aria-label': 'Watch lists', children: <ListPlus className="icon" aria-hidden /> }} label="Watch lists" className="flex w-72 max-w-[calc(100vw-16px)] flex-col gap-4 p-4" open={open} onOpenChange={setOpen}>
        <NameForm label="New list" action="Make" disabled={lists.length >= MOST_LISTS} onSubmit={submit(make)} />
        {list && <NameForm key={list.id} label="Name of this list" action="Rename" name={list.name} onSubmit={submit(rename)} />}
        {list && (
          <button type="button" className="control justify-center" onClick={() => (setOpen(false), setAsks(true))}>
            Delete this list
          </button>
        )}
      </Popup>
      {asks && list && (
        <Confirm
          title={`Delete ${list.name}?`}
          action="Delete"
          onConfirm={async () => {
            erase();
            setAsks(false);
          }}
          onClose={() => setAsks(false)}
        >
          The list and its order are gone on all your devices. The contracts stay.
        </Confirm>
      )}
    </>
  );
}

interface NameFormProps {
  label: string;
  action: string;
  name?: string;
  disabled?: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

function NameForm({ label, action, name, disabled, onSubmit }: NameFormProps) {
  return (
    <form onSubmit={onSubmit} className="flex items-end gap-2">
      <label className="flex min-w-0 flex-1 flex-col gap-1 text-12 text-muted">
        {label}
        <input name="name" required maxLength={LONGEST_NAME} defaultValue={name} disabled={disabled} autoComplete="off" className="control w-full text-13" />
      </label>
      <button type="submit" className="control" disabled={disabled}>
        {action}
      </button>
    </form>
  );
}
