/** The trading day an instant belongs to, by an exchange's hours. Pure. */

import { offsetSeconds } from './time';

export interface Hours {
  hours: ReadonlyArray<{ opens: string; closes: string; opens_day_before: boolean }>;
  hours_zone: string;
  calendar: string;
}

const DAY = 86_400;
const isPlace = (zone: string): zone is `${string}/${string}` => zone.includes('/');

function secondsOf(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number);
  return ((hour ?? 0) * 60 + (minute ?? 0)) * 60;
}

/**
 * The number (days since 1970) of the trading day: the date on the exchange's clock, from the last close on that of the
 * next day, and of a weekend that of the Monday behind it where the market rests. Holidays are not looked up. Without
 * hours it is the date in UTC.
 */
export function tradingDay(time: number, hours: Hours | null): number {
  if (!hours) return Math.floor(time / DAY);
  const local = time + offsetSeconds(new Date(time * 1000), isPlace(hours.hours_zone) ? hours.hours_zone : 'utc');
  const closes = Math.max(...hours.hours.map((window) => secondsOf(window.closes) || DAY));
  const clock = ((local % DAY) + DAY) % DAY;
  const day = Math.floor(local / DAY) + (clock >= closes ? 1 : 0);
  if (hours.calendar === 'EVERY_DAY') return day;
  const weekday = (((day + 4) % 7) + 7) % 7; // 1 January 1970 was a Thursday; Sunday is 0.
  return day + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
}

/** The times at which a trading day begins, and those that lie in every second one, to be shaded. */
export function sessionsOf(times: readonly number[], hours: Hours | null): { starts: number[]; shaded: number[] } {
  const starts: number[] = [];
  const shaded: number[] = [];
  let before: number | null = null;
  let isShaded = false;
  for (const time of times) {
    const day = tradingDay(time, hours);
    if (before !== null && day !== before) {
      starts.push(time);
      isShaded = !isShaded;
    }
    if (isShaded) shaded.push(time);
    before = day;
  }
  return { starts, shaded };
}
