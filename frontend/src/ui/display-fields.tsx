'use client';

import { useTheme } from 'next-themes';
import type { ReactNode } from 'react';
import { COLOUR_CHOICES, DENSITY_CHOICES, THEME_CHOICES, ZONE_CHOICES } from './display-choices';
import { useColours, useDensity, useZoneWish } from './preferences';
import { Segmented } from './segmented';

/** How the desk looks, to be chosen: theme, clock, height of rows, colours of up and down. Whatever is chosen is so everywhere at once. */
export function DisplayFields() {
  const { theme, setTheme } = useTheme();
  const [zone, setZone] = useZoneWish();
  const [density, setDensity] = useDensity();
  const [colours, setColours] = useColours();
  return (
    <>
      <Line name="Theme">
        <Segmented label="Theme" value={THEME_CHOICES.find(({ value }) => value === theme)?.value ?? 'system'} onChange={setTheme} choices={THEME_CHOICES} />
      </Line>
      <Line name="Times">
        <Segmented label="Times" value={zone} onChange={setZone} choices={ZONE_CHOICES} />
      </Line>
      <Line name="Rows">
        <Segmented label="Rows" value={density} onChange={setDensity} choices={DENSITY_CHOICES} />
      </Line>
      <Line name="Colours">
        <Segmented label="Colours of up and down" value={colours} onChange={setColours} choices={COLOUR_CHOICES} />
      </Line>
    </>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-13">
      {name}
      {children}
    </div>
  );
}
