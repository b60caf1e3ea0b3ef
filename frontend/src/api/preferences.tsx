'use client';

import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { call } from './client';
import { PreferenceKeeper } from './preference-keeper';

const Chosen = createContext<PreferenceKeeper | null>(null);

/** The keeper of who is signed in here, for those who are no part of the page. */
let present: PreferenceKeeper | null = null;

/** Gives the page inside it what one person chose, here and on every other device. */
export function PreferencesOf({ person, children }: { person: string; children: ReactNode }) {
  const keeper = useMemo(() => browserKeeper(person), [person]);
  useEffect(() => {
    present = keeper;
    keeper.start();
    const hear = (event: StorageEvent) => event.key === copyName(person) && keeper.hear();
    const look = () => (document.visibilityState === 'visible' ? keeper.wake() : void keeper.flush());
    window.addEventListener('storage', hear);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('storage', hear);
      document.removeEventListener('visibilitychange', look);
      keeper.stop();
      if (present === keeper) present = null;
    };
  }, [keeper, person]);
  return <Chosen.Provider value={keeper}>{children}</Chosen.Provider>;
}

/**
 * One choice of the person who is signed in, by a name such as `chain.columns`: its value, and the way to change it.
 *
 * It answers at once from this device's copy, is written through to the server a moment after a change, and follows
 * other tabs and devices. `parse` reads what is kept, null where it is nothing this version understands; like `fallback` it
 * belongs to the name and does not change. `undefined` gives the choice up. Values are JSON, at most 16 KiB each and
 * 64 KiB together. Where nobody is signed in the fallback is all there is.
 */
export function usePreference<T>(key: string, fallback: T, parse: (value: unknown) => T | null): [value: T, change: (next: T | undefined | ((was: T) => T | undefined)) => void] {
  const keeper = useContext(Chosen);
  const kept = useSyncExternalStore(keeper?.subscribe ?? nobody, () => keeper?.value(key), () => undefined);
  // Both belong to the key: one that is made anew in each render must not make a new value.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const value = useMemo(() => read(kept, fallback, parse), [kept, key]);
  const change = useCallback(
    (next: T | undefined | ((was: T) => T | undefined)) => {
      if (!keeper) return;
      keeper.set(key, typeof next === 'function' ? (next as (was: T) => T | undefined)(read(keeper.value(key), fallback, parse)) : next);
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [keeper, key],
  );
  return [value, change];
}

/** Whether the server has told what is chosen: until then a missing choice may only be late. */
export function usePreferencesKnown(): boolean {
  const keeper = useContext(Chosen);
  return useSyncExternalStore(keeper?.subscribe ?? nobody, () => keeper?.isKnown() ?? false, () => false);
}

/** Reads one of these words, and nothing else. */
export const oneOf =
  <T extends string>(...words: readonly T[]) =>
  (value: unknown): T | null =>
    words.find((word) => word === value) ?? null;

/** Sends what was changed a moment ago, before the session ends; waits no longer than `patienceMs`. */
export async function settlePreferences(patienceMs = 2_000): Promise<void> {
  if (present) await Promise.race([present.flush().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
}

function read<T>(kept: unknown, fallback: T, parse: (value: unknown) => T | null): T {
  return kept === undefined ? fallback : (parse(kept) ?? fallback);
}

const nobody = () => () => undefined;
const copyName = (person: string) => `tradesense.preferences.${person}`;

function browserKeeper(person: string): PreferenceKeeper {
  return new PreferenceKeeper({
    load: () => call('GET', '/api/v1/users/me/preferences', {}),
    save: (document, version) => call('PUT', '/api/v1/users/me/preferences', { body: { document }, headers: { 'If-Match': `"${version}"` } }),
    read: () => {
      try {
        return window.localStorage.getItem(copyName(person));
      } catch {
        return null; // A browser that forbids storage asks the server every time.
      }
    },
    write: (text) => {
      try {
        window.localStorage.setItem(copyName(person), text);
      } catch {
        return;
      }
    },
    now: () => Date.now(),
  });
}
