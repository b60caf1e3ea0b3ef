/** The words under an axis of time, on the clock the reader chose. Pure. */

import type { ZoneChoice } from './time';
import { formatClock, formatDay, offsetSeconds } from './time';

export type TickUnit = 'year' | 'month' | 'day' | 'minute' | 'second';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The place of a tick in words; `time` in seconds since 1970. Its zone is asked at its own instant: clocks change. */
export function tickWords(time: number, unit: TickUnit, zone: ZoneChoice): string {
  const shown = new Date((time + offsetSeconds(new Date(time * 1000), zone)) * 1000);
  const clock = formatClock(new Date(time * 1000).toISOString(), zone, unit === 'second');
  if (unit === 'minute' || unit === 'second') return clock;
  // The chart finds its days by UTC: elsewhere such a place is in the middle of one.
  const day = formatDay(shown.toISOString());
  if (shown.getUTCHours() + shown.getUTCMinutes() > 0) return `${day} ${clock}`;
  if (unit === 'year') return String(shown.getUTCFullYear());
  return unit === 'month' ? (MONTHS[shown.getUTCMonth()] ?? '') : day;
}
