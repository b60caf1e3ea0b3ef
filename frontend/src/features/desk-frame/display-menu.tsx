'use client';

import { SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { COLOUR_CHOICES, DENSITY_CHOICES, ZONE_CHOICES } from '@/ui/display-choices';
import { Popup } from '@/ui/popup';
import { useColours, useDensity, useZoneWish } from '@/ui/preferences';
import { Segmented } from '@/ui/segmented';
import { ThemeSwitch } from '@/ui/theme-switch';

/** How the desk shows things: clock, density, colours of up and down. */
export function DisplayMenu() {
  const [zone, setZone] = useZoneWish();
  const [density, setDensity] = useDensity();
  const [colours, setColours] = useColours();
  return (
    <Popup
      button={{ className: 'control w-8 flex-none justify-center px-0', 'aria-label': 'Display', 'data-tour': 'display', children: <SlidersHorizontal className="icon" aria-hidden /> }}
      label="Display"
      className="flex w-80 max-w-[calc(100vw-16px)] flex-col gap-4 p-4"
    >
      {/* A phone's header has no place for it. */}
      <div className="flex items-center justify-between gap-4 sm:hidden">
        Light or dark
        <ThemeSwitch />
      </div>
      <Line name="Times">
        <Segmented label="Times" value={zone} onChange={setZone} choices={ZONE_CHOICES} />
      </Line>
      <Line name="Rows">
        <Segmented label="Rows" value={density} onChange={setDensity} choices={DENSITY_CHOICES} />
      </Line>
      <Line name="Colours">
        <Segmented label="Colours of up and down" value={colours} onChange={setColours} choices={COLOUR_CHOICES} />
      </Line>
      <p className="text-12 text-muted">What you choose follows you to your other devices.</p>
    </Popup>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      {name}
      {children}
    </div>
  );
}
