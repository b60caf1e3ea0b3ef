'use client';

import { useMemo } from 'react';
import { usePreference } from '@/api/preferences';
import { useShortcuts } from '@/ui/shortcuts';
import { useQuery } from '@/ui/use-query';
import type { ColumnChoice, Field, Preset, Sides } from './columns';
import { nextPreset, parseColumnChoice, PRESETS, SIDES, withFields } from './columns';
import { nextFilter, STANDARD_FILTER, STRIKE_FILTERS } from './model';
import type { StrikeFilter } from './model';
import { CHAIN_KEYS } from './use-chain-keys';
import { useNarrow } from '@/ui/use-narrow';

const NO_CHOICE: ColumnChoice = {};

export interface ChainView {
  preset: Preset;
  showPreset: (preset: Preset) => void;
  sides: Sides;
  showSides: (sides: Sides) => void;
  strikes: StrikeFilter;
  showStrikes: (filter: StrikeFilter) => void;
  /** What this person made of the presets; kept on the server. */
  choice: ColumnChoice;
  changeFields: (fields: readonly Field[]) => void;
  narrow: boolean;
}

/** What of the chain is shown: preset, sides and strikes stand in the address, the columns are the person's own. */
export function useChainView(): ChainView {
  const { query, change } = useQuery();
  const preset = PRESETS.find((each) => each === query.get('columns')) ?? 'price';
  const sides = SIDES.find((each) => each === query.get('sides')) ?? 'both';
  const strikes = STRIKE_FILTERS.find((each) => each.value === query.get('strikes'))?.value ?? STANDARD_FILTER;
  const [choice, keep] = usePreference('chain.columns', NO_CHOICE, parseColumnChoice);
  const narrow = useNarrow();
  const view = useMemo(
    () => ({
      preset,
      showPreset: (value: Preset) => change({ columns: value === 'price' ? null : value }),
      sides,
      showSides: (value: Sides) => change({ sides: value === 'both' ? null : value }),
      strikes,
      showStrikes: (value: StrikeFilter) => change({ strikes: value === STANDARD_FILTER ? null : value }),
      choice,
      changeFields: (fields: readonly Field[]) =>
        keep((was) => {
          const next = withFields(was, preset, fields);
          return Object.keys(next).length ? next : undefined;
        }),
      narrow,
    }),
    [preset, sides, strikes, choice, narrow, change, keep],
  );
  useShortcuts(CHAIN_KEYS, [
    { keys: 'g', words: 'Next preset of columns', run: () => view.showPreset(nextPreset(view.preset)) },
    { keys: '+', words: 'More strikes', run: () => view.showStrikes(nextFilter(view.strikes, 1)) },
    { keys: '-', words: 'Fewer strikes', run: () => view.showStrikes(nextFilter(view.strikes, -1)) },
  ]);
  return view;
}
