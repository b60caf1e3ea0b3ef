'use client';

import { useMemo, useRef, useState } from 'react';
import { newIdempotencyKey } from '@/api/once';
import { usePreference } from '@/api/preferences';
import { Problem } from '@/api/problem';
import { wordsFor } from '@/api/problem-words';
import { send } from '@/api/send';
import type { Resource } from '@/api/use-get';
import { useGet } from '@/api/use-get';
import type { Answer } from '@/api/client';
import { toast } from '@/ui/toast';
import type { Own, Watchlist } from './watch-model';
import { copyName, mergedLists } from './watch-model';

/** Another device may have changed them. */
const LOOK_AGAIN_MS = 30_000;
const FIRST_NAME = 'Watch list';
const NOTHING: readonly Watchlist[] = [];

const wordFrom = (value: unknown): string | null => (typeof value === 'string' && value.length <= 64 ? value : null);

export interface Watchlists {
  /** What the API answered, with its failures. */
  asked: Resource<Answer<'/api/v1/watchlists'>>;
  /** The person's lists, each as it was last left here or elsewhere. */
  lists: readonly Watchlist[];
  /** The one that is looked at; none where there is none yet. */
  list: Watchlist | undefined;
  choose: (id: string) => void;
  /** Gives the list other symbols, here at once and then on the server; the first makes the first list. */
  keep: (symbols: string[]) => void;
  make: (name: string) => void;
  /** Makes a second list with the same contracts, and shows it. */
  duplicate: () => void;
  rename: (name: string) => void;
  /** Deletes the list. Throws a `Problem`. */
  erase: () => Promise<void>;
}

/** The person's watch lists as the server keeps them; changes are sent one after the other, each upon the version it was made on. */
export function useWatchlists(): Watchlists {
  const asked = useGet('/api/v1/watchlists', {}, { every: LOOK_AGAIN_MS, keep: true });
  const [chosen, choose] = usePreference<string>('dashboard.list', '', wordFrom);
  const [own, setOwn] = useState<Own>(new Map());
  const items = asked.state === 'ready' ? asked.data.items : NOTHING;
  const askedAt = asked.state === 'ready' ? asked.receivedAt : 0;
  const lists = useMemo(() => mergedLists(items, askedAt, own), [items, askedAt, own]);
  const list = lists.find((each) => each.id === chosen) ?? lists[0];

  const again = () => (asked.state === 'ready' || asked.state === 'failed') && asked.retry();
  const hold = (id: string, as: Watchlist | null) => setOwn((was) => new Map(was).set(id, { list: as, at: Date.now() }));
  const letGo = (id: string) => setOwn((was) => new Map([...was].filter(([each]) => each !== id)));
  const change = useChanges(hold, (id, known) => {
    if (known) hold(id, known);
    else letGo(id);
    again();
  });

  const make = async (name: string, symbols: string[]) => {
    try {
      const made = (await send('POST', '/api/v1/watchlists', { body: { name, symbols }, headers: { 'Idempotency-Key': newIdempotencyKey() } })) as Watchlist;
      hold(made.id, made);
      choose(made.id);
      again();
    } catch (error) {
      sayRefused(error);
    }
  };

  return {
    asked,
    lists,
    list,
    choose,
    keep: (symbols) => (list ? change(list, { symbols }) : void make(FIRST_NAME, symbols)),
    make: (name) => void make(name, []),
    duplicate: () => list && void make(copyName(list.name, lists.map(({ name }) => name)), list.symbols),
    rename: (name) => list && change(list, { name }),
    erase: async () => {
      if (!list) return;
      await send('DELETE', '/api/v1/watchlists/{list_id}', { path: { list_id: list.id } }).catch(unlessGone);
      hold(list.id, null);
      again();
    },
  };
}

interface Change {
  name?: string;
  symbols?: string[];
}

/** Sends changes in a line. One that is refused is taken back to what the server last kept, with all that were to follow it. */
function useChanges(hold: (id: string, as: Watchlist) => void, takeBack: (id: string, known: Watchlist | undefined) => void): (list: Watchlist, to: Change) => void {
  const line = useRef<Promise<void>>(Promise.resolve());
  const known = useRef(new Map<string, Watchlist>());
  const latest = useRef(0);
  const refusals = useRef(0);
  return (list, to) => {
    hold(list.id, { ...list, ...to });
    latest.current += 1;
    const mine = latest.current;
    const before = refusals.current;
    line.current = line.current.then(async () => {
      if (before !== refusals.current) return;
      const version = Math.max(known.current.get(list.id)?.version ?? 0, list.version);
      try {
        const kept = (await send('PATCH', '/api/v1/watchlists/{list_id}', { path: { list_id: list.id }, body: to, headers: { 'If-Match': `"${version}"` } })) as Watchlist;
        known.current.set(list.id, kept);
        // What was done to it since is on its way still, and stays on the screen.
        if (mine === latest.current) hold(list.id, kept);
      } catch (error) {
        refusals.current += 1;
        takeBack(list.id, known.current.get(list.id));
        known.current.delete(list.id);
        sayRefused(error);
      }
    });
  };
}

/** Deleted elsewhere is deleted. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Problem) || error.status !== 404) throw error;
}

function sayRefused(error: unknown): void {
  const isOutdated = error instanceof Problem && (error.status === 412 || error.status === 404);
  if (isOutdated) toast.warning('This list was changed elsewhere meanwhile. Here it is as it is now: make your change again.');
  else toast.error(error instanceof Problem ? `Not saved. ${wordsFor(error)}` : 'Not saved.');
}
