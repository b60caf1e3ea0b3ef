import type { Colours, Density, ZoneWish } from './preferences';
import type { Choice } from './segmented';

/** How the desk can look, in words; the menu and the account page offer the same. */
export const THEME_CHOICES: ReadonlyArray<Choice<'system' | 'light' | 'dark'>> = [
  { value: 'system', label: 'As this device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export const ZONE_CHOICES: ReadonlyArray<Choice<ZoneWish>> = [
  { value: 'exchange', label: 'Exchange', hint: 'The clock at the exchange whose prices the page shows; UTC where it shows several.' },
  { value: 'local', label: 'Local', hint: 'The clock of this device.' },
  { value: 'utc', label: 'UTC' },
];

export const DENSITY_CHOICES: ReadonlyArray<Choice<Density>> = [
  { value: 'comfortable', label: 'Calm' },
  { value: 'dense', label: 'Dense' },
];

export const COLOUR_CHOICES: ReadonlyArray<Choice<Colours>> = [
  { value: 'classic', label: 'Green up', hint: 'Green for up, red for down.' },
  { value: 'red-up', label: 'Red up', hint: 'Red for up, green for down, as in much of Asia.' },
  { value: 'blind', label: 'Blue up', hint: 'Blue for up, orange for down: a pair that everybody tells apart.' },
];
