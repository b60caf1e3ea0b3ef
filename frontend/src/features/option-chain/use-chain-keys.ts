'use client';

import { useEffect } from 'react';

/** Whether keys belong to a field that is being written in. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** One letter for one action, anywhere on the page but in a field. */
export function useKey(keys: Record<string, () => void>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      keys[event.key]?.();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys]);
}

/** `[` and `]` walk the expiries. */
export function useExpiryKeys(expiries: ReadonlyArray<{ expiry: string }>, value: string | null, onChange: (expiry: string) => void): void {
  const at = expiries.findIndex((each) => each.expiry === value);
  const go = (step: number) => {
    const next = expiries[at + step];
    if (next) onChange(next.expiry);
  };
  useKey({ '[': () => go(-1), ']': () => go(1) });
}
