/** What is history: data whose newest row is long gone. */

export const HISTORY_AFTER_MS = 7 * 86_400_000;

/** Whether data that ends at `newest` is history when looked at from `now` (milliseconds). */
export function isHistory(newest: string, now: number): boolean {
  return now - Date.parse(newest) > HISTORY_AFTER_MS;
}

interface Listed {
  underlying: string;
  newest_ts: string;
  expiries: readonly unknown[];
}

/** Whether an underlying's options are history at `now`: none is alive, or nothing new came for long. */
export const isPastChain = (item: Listed, now: number): boolean => item.expiries.length === 0 || isHistory(item.newest_ts, now);

/** Underlyings with fresh data first, each part in its own order. */
export function currentFirst<T extends Listed>(items: readonly T[], now: number): T[] {
  return [...items.filter((item) => !isPastChain(item, now)), ...items.filter((item) => isPastChain(item, now))];
}

/** The underlying a page shows: the one asked for, or the first with fresh data. */
export function chosenUnderlying<T extends Listed>(items: readonly T[], asked: string | null, now: number): T | undefined {
  return asked ? items.find((item) => item.underlying === asked) : currentFirst(items, now)[0];
}
