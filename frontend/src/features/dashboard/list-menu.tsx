'use client';

import { ListPlus } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { Confirm } from '@/ui/confirm';
import { Popup } from '@/ui/popup';
import type { Watchlists } from './use-watchlists';
import { LONGEST_NAME, MOST_LISTS, MOST_WATCHED, writtenSymbols } from './watch-model';


/** Makes, renames, copies and deletes watch lists, and adds a list of symbols to one. */
export function ListMenu({ watching }: { watching: Watchlists }) {
  const { list, lists, make, rename, duplicate, keep, erase } = watching;
  const symbols = list?.symbols ?? [];
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
      <Popup button={{ className: 'control px-2', 'aria-label': 'Watch lists', children: <ListPlus className="icon" aria-hidden /> }} label="Watch lists" className="flex max-h-[var(--radix-popover-content-available-height)] w-72 max-w-[calc(100vw-16px)] flex-col gap-4 overflow-y-auto p-4" open={open} onOpenChange={setOpen}>
        <NameForm label="New list" action="Make" disabled={lists.length >= MOST_LISTS} onSubmit={submit(make)} />
        {list && <NameForm key={list.id} label="Name of this list" action="Rename" name={list.name} onSubmit={submit(rename)} />}
        <PasteForm
          onAdd={(added) => {
            keep([...new Set([...symbols, ...added])].slice(0, MOST_WATCHED));
            setOpen(false);
          }}
        />
        {list && (
          <div className="flex gap-2">
            <button type="button" className="control flex-1 justify-center" disabled={lists.length >= MOST_LISTS} onClick={() => (setOpen(false), duplicate())}>
              Duplicate list
            </button>
            <button type="button" className="control flex-1 justify-center" onClick={() => (setOpen(false), setAsks(true))}>
              Delete list
            </button>
          </div>
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

/** Symbols as one has them in a sheet or a letter: one a line, or with commas between. */
function PasteForm({ onAdd }: { onAdd: (symbols: string[]) => void }) {
  const [text, setText] = useState('');
  const { symbols, odd } = writtenSymbols(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (symbols.length > 0 && odd.length === 0) onAdd(symbols);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <label className="flex flex-col gap-1 text-12 text-muted">
        Several contracts, one a line or with commas
        <textarea value={text} maxLength={13_000} rows={3} spellCheck={false} placeholder="CL-2027-03, ES-2027-03" className="control h-auto w-full resize-y py-2 text-13 placeholder:text-muted" onChange={(event) => setText(event.target.value)} />
      </label>
      <p role="status" className="text-12 text-muted">
        {odd.length > 0 ? `Not a symbol: ${odd.slice(0, 3).join(', ')}` : symbols.length > 0 ? `${symbols.length === 1 ? 'One contract' : `${symbols.length} contracts`} to add` : ''}
      </p>
      <button type="submit" className="control justify-center" disabled={symbols.length === 0 || odd.length > 0}>
        Add to this list
      </button>
    </form>
  );
}
