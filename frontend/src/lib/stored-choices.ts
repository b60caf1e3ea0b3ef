/** How a browser shows things, by the names it is remembered under: nobody's secret, whoever is signed in. */
export const STORED_CHOICES = ['theme', 'zone', 'density', 'colours'] as const;

export type StoredChoice = (typeof STORED_CHOICES)[number];
