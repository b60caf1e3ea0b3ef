'use client';

import * as Popover from '@radix-ui/react-popover';
import { SlidersHorizontal } from 'lucide-react';
import { useColours, useDensity, useZone } from '@/ui/preferences';
import { Segmented } from '@/ui/segmented';
import { ThemeSwitch } from '@/ui/theme-switch';

/** How this browser shows things: zone, density, colours of up and down. */
export function DisplayMenu() {
  const [zone, setZone] = useZone();
  const [density, setDensity] = useDensity();
  const [colours, setColours] = useColours();
  return (
    <Popover.Root>
      <Popover.Trigger className="control w-8 justify-center px-0" aria-label="Display">
        <SlidersHorizontal className="icon" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="end" sideOffset={6} className="z-40 flex w-72 flex-col gap-4 rounded border border-line bg-surface p-4 text-13 shadow-float">
          {/* A phone's header has no place for it. */}
          <div className="flex items-center justify-between gap-4 sm:hidden">
            Light or dark
            <ThemeSwitch />
          </div>
          <div className="flex items-center justify-between gap-4">
            Times
            <Segmented label="Times" value={zone} onChange={setZone} choices={[{ value: 'utc', label: 'UTC' }, { value: 'local', label: 'Local' }]} />
          </div>
          <div className="flex items-center justify-between gap-4">
            Rows
            <Segmented label="Rows" value={density} onChange={setDensity} choices={[{ value: 'comfortable', label: 'Calm' }, { value: 'dense', label: 'Dense' }]} />
          </div>
          <div className="flex items-center justify-between gap-4">
            Up and down
            <Segmented
              label="Colours of up and down"
              value={colours}
              onChange={setColours}
              choices={[
                { value: 'classic', label: 'Green · red' },
                { value: 'blind', label: 'Blue · orange' },
              ]}
            />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
