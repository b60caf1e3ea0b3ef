'use client';

import { memo } from 'react';
import { Choose } from '@/ui/choose';
import { Segmented } from '@/ui/segmented';
import { useQuery } from '@/ui/use-query';
import { PRESET_WORDS, PRESETS } from './columns';
import { STRIKE_FILTERS } from './model';
import type { ChainView } from './use-chain-view';

const PRESET_CHOICES = PRESETS.map((value) => ({ value, label: PRESET_WORDS[value] }));

/** What to show of the chain. */
export const Toolbar = memo(function Toolbar({ view }: { view: ChainView }) {
  const { query, change } = useQuery();
  const strikes = STRIKE_FILTERS.find((each) => each.value === query.get('strikes'))?.value ?? 'atm:20';
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="scroll-x max-w-full">
        <Segmented label="Columns" choices={PRESET_CHOICES} value={view.preset} onChange={view.showPreset} />
      </div>
      <kbd className="hidden rounded border border-line px-2 py-px font-sans text-12 text-muted md:inline" data-hint="The key g walks through the columns; [ and ] walk the expiries; arrow keys walk the table.">
        g
      </kbd>
      <Choose label="Strikes" showLabel={false} choices={STRIKE_FILTERS} value={strikes} onChange={(value) => change({ strikes: value === 'atm:20' ? null : value })} />
    </div>
  );
});
