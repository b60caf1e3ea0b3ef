'use client';

import { useShortcuts } from '@/ui/shortcuts';

/** Under this name the map of keys shows what the chain understands. */
export const CHAIN_KEYS = 'Option chain';

/** `[` and `]` walk the expiries. */
export function useExpiryKeys(expiries: ReadonlyArray<{ expiry: string }>, value: string | null, onChange: (expiry: string) => void): void {
  const at = expiries.findIndex((each) => each.expiry === value);
  const go = (step: number) => {
    const next = expiries[at + step];
    if (next) onChange(next.expiry);
  };
  useShortcuts(CHAIN_KEYS, [
    { keys: '[', words: 'Earlier expiry', run: () => go(-1) },
    { keys: ']', words: 'Later expiry', run: () => go(1) },
  ]);
}
