/** Times and dates in words: every one shown names its zone. */

/** A clock to show times by: UTC, this machine's, or a place's, such as `America/Chicago`. */
export type ZoneChoice = 'utc' | 'local' | `${string}/${string}`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

const two = (value: number) => String(value).padStart(2, '0');

/** `2026-03-17` → `17 Mar 2026`; a date is the exchange's own and has no zone. */
export function formatDate(isoDate: string): string {
  const [year, month, day] = isoDate.slice(0, 10).split('-').map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** `2026-03-17` → `Mar 26`, for the axis of a curve. */
export function formatMonth(isoDate: string): string {
  const [year, month] = isoDate.slice(0, 10).split('-');
  return `${MONTHS[Number(month) - 1]} ${year?.slice(2)}`;
}

/** `2026-03-17` → `17 Mar`, or with its year when that is not the one given. */
export function formatDay(isoDate: string, thisYear?: number): string {
  const [year, month, day] = isoDate.slice(0, 10).split('-').map(Number);
  const words = `${day} ${MONTHS[(month ?? 1) - 1]}`;
  return thisYear === undefined || year === thisYear ? words : `${words} ${String(year).slice(2)}`;
}

interface Parts { year: number; month: number; day: number; hour: number; minute: number; second: number }

function partsOf(instant: Date, zone: ZoneChoice): Parts {
  if (zone !== 'utc' && zone !== 'local') return partsIn(instant, zone);
  return zone === 'utc'
    ? { year: instant.getUTCFullYear(), month: instant.getUTCMonth(), day: instant.getUTCDate(), hour: instant.getUTCHours(), minute: instant.getUTCMinutes(), second: instant.getUTCSeconds() }
    : { year: instant.getFullYear(), month: instant.getMonth(), day: instant.getDate(), hour: instant.getHours(), minute: instant.getMinutes(), second: instant.getSeconds() };
}

/** Making one takes a millisecond; there are as many as places of exchanges. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function partsIn(instant: Date, place: string): Parts {
  const format = FORMATS.get(place) ?? new Intl.DateTimeFormat('en-US', { timeZone: place, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  FORMATS.set(place, format);
  const parts = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of format.formatToParts(instant)) if (type in parts) parts[type as keyof Parts] = Number(value);
  return { ...parts, month: parts.month - 1 };
}

/** Whether this browser knows the clock of a place. */
export function isPlace(name: string): name is `${string}/${string}` {
  try {
    return name.includes('/') && Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }));
  } catch {
    return false;
  }
}

/** How far a zone's clock is ahead of UTC at an instant, in seconds. */
export function offsetSeconds(instant: Date, zone: ZoneChoice): number {
  const { year, month, day, hour, minute, second } = partsOf(instant, zone);
  return Math.round((Date.UTC(year, month, day, hour, minute, second) - Math.floor(instant.getTime() / 1000) * 1000) / 1000);
}

/** The zone's short name at that instant: `UTC`, the machine's own offset (`UTC+5:30`), or the place (`Chicago`). */
export function zoneName(zone: ZoneChoice, instant = new Date()): string {
  if (zone === 'utc') return 'UTC';
  if (zone !== 'local') return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  const minutes = -instant.getTimezoneOffset();
  if (minutes === 0) return 'UTC+0';
  const size = Math.abs(minutes);
  const rest = size % 60 ? `:${two(size % 60)}` : '';
  return `UTC${minutes < 0 ? '\u2212' : '+'}${Math.floor(size / 60)}${rest}`;
}

export function formatClock(iso: string, zone: ZoneChoice, withSeconds = true): string {
  const parts = partsOf(new Date(iso), zone);
  const clock = `${two(parts.hour)}:${two(parts.minute)}`;
  return withSeconds ? `${clock}:${two(parts.second)}` : clock;
}

/** `17 Mar 2026 14:30:05 UTC`. */
export function formatInstant(iso: string, zone: ZoneChoice, withSeconds = true): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  const parts = partsOf(instant, zone);
  return `${parts.day} ${MONTHS[parts.month]} ${parts.year} ${formatClock(iso, zone, withSeconds)} ${zoneName(zone, instant)}`;
}

/** One instant on two clocks: the server's, null where ages are as they were answered, and this machine's. */
export interface Clock {
  serverAt: number | null;
  receivedAt: number;
}

/** How old something was at the clock's instant; below zero where it came after. */
export function ageAt(clock: Clock, quote: { ts?: string | null; quote_age_ms?: number | null } | null | undefined): number | null {
  if (!quote) return null;
  if (clock.serverAt === null || quote.ts == null) return quote.quote_age_ms ?? null;
  return clock.serverAt - Date.parse(quote.ts);
}

/** Milliseconds of age in words: `0.4 s`, `12 s`, `5 min`, `3 h`, `12 d`. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)}\u202fs`;
  if (seconds < 100) return `${Math.round(seconds)}\u202fs`;
  if (seconds < 5400) return `${Math.round(seconds / 60)}\u202fmin`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)}\u202fh`;
  return `${formatThousands(Math.round(seconds / 86_400))}\u202fd`;
}

/** How long ago, in words: `just now`, `5 minutes ago`, `yesterday`, then the date. */
export function formatAgo(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
  const days = Math.floor(hours / 24);
  if (days === 1) return 'yesterday';
  return days < 14 ? `${days} days ago` : formatDate(iso);
}

function formatThousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** Whole days from one ISO date to another. */
export function daysBetween(fromIso: string, toIso: string): number {
  return Math.round((Date.parse(toIso.slice(0, 10)) - Date.parse(fromIso.slice(0, 10))) / DAY_MS);
}

/** Whether an instant has not come yet; a minute is left to clocks that disagree. */
export function isAhead(iso: string, now = Date.now()): boolean {
  return Date.parse(iso) > now + 60_000;
}

/** The value a `datetime-local` field shows for an instant. */
export function toFieldValue(iso: string, zone: ZoneChoice): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return '';
  const parts = partsOf(instant, zone);
  return `${parts.year}-${two(parts.month + 1)}-${two(parts.day)}T${two(parts.hour)}:${two(parts.minute)}`;
}

/** The instant a `datetime-local` field means, or null when it is no time. */
export function fromFieldValue(value: string, zone: ZoneChoice): string | null {
  const instant = zone === 'utc' || zone === 'local' ? new Date(zone === 'utc' ? `${value}Z` : value) : onClockOf(new Date(`${value}Z`), zone);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The instant at which the clock of a place shows what UTC shows at `shown`; of two, where clocks are put back, the later. */
function onClockOf(shown: Date, zone: ZoneChoice): Date {
  if (Number.isNaN(shown.getTime())) return shown;
  const guess = new Date(shown.getTime() - offsetSeconds(shown, zone) * 1000);
  return new Date(shown.getTime() - offsetSeconds(guess, zone) * 1000);
}

/** An instant some time before or after another, whole seconds. */
export function shifted(iso: string, milliseconds: number): string {
  return new Date(Date.parse(iso) + milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
