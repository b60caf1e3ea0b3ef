'use client';

import { useEffect, useSyncExternalStore } from 'react';
import type { ZoneChoice } from '@/lib/time';
import { isPlace } from '@/lib/time';
import { useStored } from './use-stored';

export const ZONES = ['exchange', 'local', 'utc'] as const;
export const DENSITIES = ['comfortable', 'dense'] as const;
/** `classic` is green for up; `blind` is the pair that everybody tells apart. */
export const COLOURS = ['classic', 'red-up', 'blind'] as const;

export type ZoneWish = (typeof ZONES)[number];
export type Density = (typeof DENSITIES)[number];
export type Colours = (typeof COLOURS)[number];

/** What is wished for: the clock of the exchange is another one on each page. */
export const useZoneWish = (): [ZoneWish, (zone: ZoneWish) => void] => useStored('zone', ZONES, 'utc');
export const useDensity = (): [Density, (density: Density) => void] => useStored('density', DENSITIES, 'comfortable');
export const useColours = (): [Colours, (colours: Colours) => void] => useStored('colours', COLOURS, 'classic');

/** The clock that times on this page are shown by. */
export function useZone(): [zone: ZoneChoice] {
  const [wish] = useZoneWish();
  const place = useSyncExternalStore(onPlace, () => exchangePlace, () => null);
  return [wish === 'exchange' ? (place ?? 'utc') : wish];
}

let exchangePlace: ZoneChoice | null = null;
const listeners = new Set<() => void>();

function onPlace(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says where the exchange is whose prices the page shows; null where it shows several, or none. */
export function useExchangePlace(name: string | null): void {
  useEffect(() => {
    exchangePlace = name !== null && isPlace(name) ? name : null;
    listeners.forEach((listener) => listener());
  }, [name]);
}

/** Writes the choices onto the document, where the style sheet reads them. */
export function useAppliedPreferences(): void {
  const [density] = useDensity();
  const [colours] = useColours();
  useEffect(() => {
    document.documentElement.dataset.density = density;
    document.documentElement.dataset.colours = colours;
  }, [density, colours]);
}
