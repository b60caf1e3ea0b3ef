/** Bars that are asked for, and told as they form, put together: pure. Times are seconds since 1970. */

export interface Bar {
  /** Start of the bar. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number | null;
  interest: number | null;
}

interface Written {
  ts: string;
  open: number | null;
  high: number | null;
  low: number | null;
  close: number | null;
  volume: number | null;
  open_interest: number | null;
}

/** What is told late reaches the record a few seconds later still: until then the told bar is the better one. */
const SETTLES_AFTER = 12;

/** The bars of an answer; one that lacks one of its four prices is none. */
export function barsOf(items: readonly Written[]): Bar[] {
  return items.flatMap(({ ts, open, high, low, close, volume, open_interest }) =>
    open === null || high === null || low === null || close === null ? [] : [{ time: Math.floor(Date.parse(ts) / 1000), open, high, low, close, volume, interest: open_interest }],
  );
}

/** Both, by time, each once: of two of one time the newer. At most the latest `most`. */
export function united(before: readonly Bar[], newer: readonly Bar[], most: number): Bar[] {
  const byTime = new Map(before.map((bar) => [bar.time, bar]));
  newer.forEach((bar) => byTime.set(bar.time, bar));
  return [...byTime.values()].sort((a, b) => a.time - b.time).slice(-most);
}

/**
 * Recorded bars, as known at `recordedAt`, continued by those that are told: each time once. What had ended well before
 * `recordedAt` is taken from the record, which misses nothing; what is younger from what is told.
 */
export function continued(recorded: readonly Bar[], recordedAt: number, told: readonly Bar[], length: number): Bar[] {
  const byTime = new Map(recorded.map((bar) => [bar.time, bar]));
  told.forEach((bar) => {
    const known = byTime.get(bar.time);
    const isSettled = bar.time + length + SETTLES_AFTER <= recordedAt;
    byTime.set(bar.time, known && isSettled ? { ...known, volume: known.volume ?? bar.volume, interest: known.interest ?? bar.interest } : bar);
  });
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}

/** One bar made of finer ones, in order. */
function sumOf(time: number, parts: readonly Bar[]): Bar {
  const first = parts[0] as Bar;
  const volumes = parts.flatMap(({ volume }) => (volume === null ? [] : [volume]));
  return {
    time,
    open: first.open,
    high: Math.max(...parts.map((bar) => bar.high)),
    low: Math.min(...parts.map((bar) => bar.low)),
    close: (parts.at(-1) as Bar).close,
    volume: volumes.length ? volumes.reduce((sum, volume) => sum + volume, 0) : null,
    interest: parts.reduce<number | null>((known, bar) => bar.interest ?? known, null),
  };
}

/** Long bars of which the last one, and what began since, are made of finer ones as far as these reach back. */
export function grown(long: readonly Bar[], fine: readonly Bar[], length: number): Bar[] {
  const from = Math.max(long.at(-1)?.time ?? -Infinity, fine[0] ? Math.ceil(fine[0].time / length) * length : Infinity);
  const parts = new Map<number, Bar[]>();
  for (const bar of fine) {
    const start = Math.floor(bar.time / length) * length;
    if (start >= from) parts.set(start, [...(parts.get(start) ?? []), bar]);
  }
  const made = [...parts].map(([start, bars]) => sumOf(start, bars));
  return [...long.filter((bar) => !parts.has(bar.time)), ...made];
}

/**
 * Long bars of which the last one, known at `recordedAt`, goes on to the prices told since. For bars whose bounds only
 * the server knows, such as days: a new one begins when it is asked for again.
 */
export function extended(long: readonly Bar[], recordedAt: number, fine: readonly Bar[]): Bar[] {
  const last = long.at(-1);
  const since = fine.filter((bar) => bar.time + 60 > recordedAt && bar.time >= (last?.time ?? Infinity));
  if (!last || since.length === 0) return [...long];
  const more = sumOf(last.time, since);
  return [...long.slice(0, -1), { ...last, high: Math.max(last.high, more.high), low: Math.min(last.low, more.low), close: more.close }];
}
