/** What the page may know of its surroundings: nothing but its own origin. */
export const API_ROOT = '/api/v1';

/**
 * How often a page that shows live prices asks again, in milliseconds.
 * A person may ask 100 times a minute over all tabs; the busiest page asks some 40 times.
 */
export const POLL_MS = { prices: 3_000, curve: 6_000, slow: 30_000 } as const;

/** How long a request may take before we say that nobody answers. */
export const REQUEST_TIMEOUT_MS = 20_000;

export interface Page {
  name: string;
  path: string;
  /** What else it is looked for by. */
  words: string;
  /** Pressed after `o`, it opens the page. */
  letter: string;
}

export const PAGES: readonly Page[] = [
  { name: 'Dashboard', path: '/dashboard', words: 'home watch list movers expiries prices overview', letter: 'd' },
  { name: 'Futures', path: '/futures', words: 'board curve contracts candles roll', letter: 'f' },
  { name: 'Options', path: '/options', words: 'chain greeks smile heatmap volatility', letter: 'o' },
  { name: 'Strategies', path: '/strategies', words: 'builder payoff legs spread condor straddle calendar break-even', letter: 's' },
  { name: 'Feeds', path: '/feeds', words: 'sources simulated deribit live stale connection faults', letter: 'e' },
];

/** Pages that are looked up now and then: at the foot of the sidebar, and in the search. */
export const FOOT_PAGES: readonly Page[] = [{ name: 'Glossary', path: '/glossary', words: 'terms words help explain what is meaning units', letter: 'g' }];
