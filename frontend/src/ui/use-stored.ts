'use client';

import type { StoredChoice } from '@/lib/stored-choices';
import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function read(name: string): string | null {
  try {
    return window.localStorage.getItem(name);
  } catch {
    return null; // A browser that forbids storage still gets the page, with its defaults.
  }
}

function write(name: string, value: string): void {
  try {
    window.localStorage.setItem(name, value);
  } catch {
    return;
  }
}

/** A choice this browser remembers, shared by every part of the page and by other tabs. */
export function useStored<T extends string>(name: StoredChoice, allowed: readonly T[], fallback: T): [T, (value: T) => void] {
  const stored = useSyncExternalStore(subscribe, () => read(name), () => null);
  const value = allowed.find((choice) => choice === stored) ?? fallback;
  const choose = useCallback(
    (next: T) => {
      write(name, next);
      listeners.forEach((listener) => listener());
    },
    [name],
  );
  return [value, choose];
}
