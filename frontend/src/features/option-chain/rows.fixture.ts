/** Rows of a chain, for tests. */
import type { ChainRow, Side } from './model';

export const side = (values: Partial<Side>): Side => ({
  symbol: 'CL-2026-03-17-75-C', bid: 1.2, ask: 1.3, last: null, mark: 1.25, mark_quote: 1.25, mark_source: 'mid', volume: 10, open_interest: 100,
  iv_bid: 0.3, iv_ask: 0.32, iv: 0.31, delta: 0.5, gamma: 0.0021, vega: 5.81, theta: -0.47, rho: -0.15, status: 'ok', quote_age_ms: 900, ts: '2026-03-02T10:00:00Z', ...values,
});

export const row = (strike: number, call: Side | null, put: Side | null): ChainRow => ({ strike, call, put });
