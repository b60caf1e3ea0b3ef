/** Axes: from numbers to places, and the round numbers worth writing beside them. */

export interface Scale {
  from: number;
  to: number;
  place: (value: number) => number;
  value: (place: number) => number;
}

/** A straight scale; a domain of no width is given some, so that one point stands in the middle. */
export function linearScale(from: number, to: number, start: number, end: number): Scale {
  const pad = from === to ? Math.max(Math.abs(from) * 0.01, 1e-9) : 0;
  const low = from - pad;
  const high = to + pad;
  const slope = (end - start) / (high - low);
  return { from: low, to: high, place: (value) => start + (value - low) * slope, value: (place) => low + (place - start) / slope };
}

/** The step among 1, 2, 2.5, 5 × a power of ten that gives about `count` ticks. */
export function niceStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10;
  return step * power;
}

export function niceTicks(from: number, to: number, count: number): number[] {
  if (!(to > from) || !Number.isFinite(to - from)) return [from];
  const step = niceStep(to - from, count);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}

/** The least and the greatest, or null of nothing. */
export function extent(values: Iterable<number>): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** A domain with some air around it, so that a line touches no edge. */
export function padded([low, high]: [number, number], share = 0.08): [number, number] {
  const air = (high - low || Math.abs(high) * 0.02 || 1) * share;
  return [low - air, high + air];
}

/** The index of the entry nearest to `value` in a rising list; -1 of an empty one. */
export function nearestIndex(rising: readonly number[], value: number): number {
  let best = -1;
  let distance = Infinity;
  rising.forEach((entry, index) => {
    const gap = Math.abs(entry - value);
    if (gap < distance) {
      distance = gap;
      best = index;
    }
  });
  return best;
}
