/** Colours for the lines of one chart, apart in both themes and for colour-blind eyes. */
export const SERIES_COLOURS = ['rgb(var(--accent))', 'rgb(var(--warn))', 'rgb(var(--series-3))', 'rgb(var(--series-4))', 'rgb(var(--series-5))', 'rgb(var(--muted))'] as const;

export function seriesColour(index: number): string {
  return SERIES_COLOURS[index % SERIES_COLOURS.length] ?? SERIES_COLOURS[0];
}

/** A token of the style sheet as the `rgb()` a canvas understands. */
export function tokenColour(name: string, alpha = 1): string {
  const channels = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim().split(/\s+/);
  return `rgba(${channels.join(', ')}, ${alpha})`;
}
