/** The first look round: what is pointed at, and what is said. Pure. */

export interface TourStep {
  /** The part of the frame, by its `data-tour`. */
  at: string;
  title: string;
  words: string;
}

export const STEPS: readonly TourStep[] = [
  { at: 'search', title: 'Find anything', words: 'Pages, products, symbols and actions: press Ctrl K, or /, and type. The key ? shows all keys of the page you are on.' },
  { at: 'pages', title: 'Your pages', words: 'From the whole market to a single option chain. Press o and then a letter to get there: o f is Futures, o o is Options.' },
  { at: 'feeds', title: 'Where prices come from', words: 'Whether they flow, from which feed, and how old the newest is. Simulated prices say so wherever they stand.' },
  { at: 'past', title: 'Any moment of the past', words: 'The whole desk can be looked at as it was then. The bar changes its colour until you are back to live.' },
  { at: 'display', title: 'Your clock, your colours', words: 'Times in UTC, yours or the exchange’s; light or dark; the height of rows; the colours of up and down. They follow you to your other devices.' },
  { at: 'account', title: 'Words, notices, account', words: 'A word with a dotted line explains itself, and the glossary has them all. The bell tells what happened meanwhile. This tour is found again here, and by the search.' },
];

/** The steps whose part is there to be pointed at. */
export const stepsFor = (isShown: (at: string) => boolean): TourStep[] => STEPS.filter((step) => isShown(step.at));

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const EDGE = 8;
const GAP = 14;

/** Where the card stands: under what it points at, or above it in the lower half of the screen; always wholly on it. */
export function placeOf(target: Box, screen: { width: number; height: number }, cardWidth: number): { left: number; top?: number; bottom?: number; width: number; maxHeight: number } {
  const width = Math.min(cardWidth, screen.width - 2 * EDGE);
  const middle = (target.left + target.right) / 2;
  const left = Math.min(Math.max(EDGE, middle - width / 2), screen.width - width - EDGE);
  const isLow = target.top > screen.height / 2;
  // What is taller than half the screen leaves no room under it: the card then stands upon it.
  const edge = isLow ? Math.min(screen.height - target.top + GAP, screen.height / 2) : Math.min(target.bottom + GAP, screen.height / 2);
  return { left, width, maxHeight: screen.height - edge - EDGE, ...(isLow ? { bottom: edge } : { top: edge }) };
}

export const isFlag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);
