'use client';

import { useMemo } from 'react';
import { usePreference } from '@/api/preferences';
import { useQuery } from '@/ui/use-query';
import type { ColumnChoice, Field, Preset, Sides } from './columns';
import { nextPreset, parseColumnChoice, PRESETS, SIDES, withFields } from './columns';
import { useKey } from './use-chain-keys';
import { useNarrow } from './use-narrow';

const NO_CHOICE: ColumnChoice = {};

export interface ChainView {
  preset: Preset;
  showPreset: (preset: Preset) => void;
  sides: Sides;
  showSides: (sides: Sides) => void;
  /** What this person made of the presets; kept on the server. */
  choice: ColumnChoice;
  changeFields: (fields: readonly Field[]) => void;
  narrow: boolean;
}

/** What of the chain is shown: its preset and sides stand in the address, its columns are the person's own. */
export function useChainView(): ChainView {
  const { query, change } = useQuery();
  const preset = PRESETS.find((each) => each === query.get('columns')) ?? 'price';
  const sides = SIDES.find((each) => each === query.get('sides')) ?? 'both';
  const [choice, keep] = usePreference('chain.columns', NO_CHOICE, parseColumnChoice);
  const narrow = useNarrow();
  const view = useMemo(
    () => ({
      preset,
      showPreset: (value: Preset) => change({ columns: value === 'price' ? null : value }),
      sides,
      showSides: (value: Sides) => change({ sides: value === 'both' ? null : value }),
      choice,
      changeFields: (fields: readonly Field[]) =>
        keep((was) => {
          const next = withFields(was, preset, fields);
          return Object.keys(next).length ? next : undefined;
        }),
      narrow,
    }),
    [preset, sides, choice, narrow, change, keep],
  );
  useKey(useMemo(() => ({ g: () => view.showPreset(nextPreset(view.preset)) }), [view]));
  return view;
}
