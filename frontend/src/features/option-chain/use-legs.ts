'use client';

import { useMemo } from 'react';
import type { LinkLeg } from '@/lib/strategy-link';
import { useShortcuts } from '@/ui/shortcuts';
import { useQuery } from '@/ui/use-query';
import { readLegs, withLeg, writeLegs } from './legs';
import { CHAIN_KEYS } from './use-chain-keys';

export interface LegTray {
  /** Whether options are gathered, instead of each being taken to the builder by itself. */
  gathering: boolean;
  legs: readonly LinkLeg[];
  toggle: () => void;
  add: (leg: LinkLeg) => void;
  remove: (symbol: string) => void;
  clear: () => void;
}

/** Legs gathered over several expiries; they stand in the address, so they outlive a reload and can be shared. */
export function useLegs(): LegTray {
  const { query, change } = useQuery();
  const text = query.get('legs');
  const gathering = text !== null || query.get('gather') === '1';
  const tray = useMemo(() => {
    const legs = readLegs(text);
    const keep = (next: readonly LinkLeg[]) => change({ legs: writeLegs(next), gather: '1' });
    return {
      gathering,
      legs,
      toggle: () => change(gathering ? { legs: null, gather: null } : { gather: '1' }),
      add: (leg: LinkLeg) => keep(withLeg(legs, leg)),
      remove: (symbol: string) => keep(legs.filter((each) => each.symbol !== symbol)),
      clear: () => keep([]),
    };
  }, [text, gathering, change]);
  useShortcuts(CHAIN_KEYS, [{ keys: 'l', words: 'Gather legs for a strategy, or stop', run: tray.toggle }]);
  return tray;
}
