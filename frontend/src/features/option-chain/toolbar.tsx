'use client';

import { memo } from 'react';
import { cx } from '@/lib/cx';
import { Choose } from '@/ui/choose';
import { Segmented } from '@/ui/segmented';
import { ColumnMenu } from './column-menu';
import { PRESET_WORDS, PRESETS } from './columns';
import { STRIKE_FILTERS } from './model';
import type { ChainView } from './use-chain-view';
import type { LegTray } from './use-legs';

const PRESET_CHOICES = PRESETS.map((value) => ({ value, label: PRESET_WORDS[value] }));
const SIDE_CHOICES = [
  { value: 'both', label: 'Both' },
  { value: 'call', label: 'Calls' },
  { value: 'put', label: 'Puts' },
] as const;
const KEYS = 'g walks through the columns, [ and ] through the expiries, + and - widen and narrow the strikes, arrows walk the table, d finds 25 delta, b and s send an option to the strategy builder, l gathers several as legs first. ? shows all keys.';

/** What to show of the chain. */
export const Toolbar = memo(function Toolbar({ view, tray }: { view: ChainView; tray: LegTray }) {
  const { narrow, sides } = view;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-2 md:gap-x-3">
      <div className="scroll-x max-w-full">
        <Segmented label="Preset of columns" choices={PRESET_CHOICES} value={view.preset} onChange={view.showPreset} />
      </div>
      <ColumnMenu view={view} />
      <kbd className="hidden rounded border border-line px-2 py-px font-sans text-12 text-muted md:inline" data-hint={KEYS}>
        g
      </kbd>
      {/* A phone shows two columns of both sides, or all of one. */}
      {(narrow || sides !== 'both') && <Segmented label="Sides" choices={SIDE_CHOICES} value={sides} onChange={view.showSides} />}
      <Choose label="Strikes" showLabel={false} choices={STRIKE_FILTERS} value={view.strikes} onChange={view.showStrikes} />
      <button type="button" aria-pressed={tray.gathering} onClick={tray.toggle} data-hint="Gather several options from the chain, of any expiry, and take them to the strategy builder together." className={cx('control', tray.gathering && 'border-accent bg-raised')}>
        Gather legs
      </button>
    </div>
  );
});
