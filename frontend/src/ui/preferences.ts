'use client';

import { useEffect } from 'react';
import type { ZoneChoice } from '@/lib/time';
import { useStored } from './use-stored';

export type Density = 'comfortable' | 'dense';
export type Colours = 'classic' | 'blind';

export const useZone = (): [ZoneChoice, (zone: ZoneChoice) => void] => useStored('zone', ['utc', 'local'], 'utc');
export const useDensity = (): [Density, (density: Density) => void] => useStored('density', ['comfortable', 'dense'], 'comfortable');
export const useColours = (): [Colours, (colours: Colours) => void] => useStored('colours', ['classic', 'blind'], 'classic');

/** Writes the choices onto the document, where the style sheet reads them. */
export function useAppliedPreferences(): void {
  const [density] = useDensity();
  const [colours] = useColours();
  useEffect(() => {
    document.documentElement.dataset.density = density;
    document.documentElement.dataset.colours = colours;
  }, [density, colours]);
}
