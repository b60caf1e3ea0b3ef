import { daysBetween, formatAge, formatAgo, formatClock, formatDate, formatDay, formatInstant, formatMonth, fromFieldValue, isPlace, offsetSeconds, shifted, toFieldValue, zoneName } from './time';

describe('times', () => {
  it('writes dates in words', () => {
    expect(formatDate('2026-03-17')).toBe('17 Mar 2026');
    expect(formatMonth('2026-03-17')).toBe('Mar 26');
    expect(formatDay('2026-03-17', 2026)).toBe('17 Mar');
    expect(formatDay('2027-03-17', 2026)).toBe('17 Mar 27');
  });
  it('names the zone of every instant', () => {
    expect(formatInstant('2026-03-17T14:30:05.123Z', 'utc')).toBe('17 Mar 2026 14:30:05 UTC');
    expect(zoneName('utc')).toBe('UTC');
  });
  it('tells an age in the unit that fits', () => {
    expect(formatAge(400)).toBe('0.4\u202fs');
    expect(formatAge(12_300)).toBe('12\u202fs');
    expect(formatAge(300_000)).toBe('5\u202fmin');
    expect(formatAge(3 * 3_600_000)).toBe('3\u202fh');
    expect(formatAge(12 * 86_400_000)).toBe('12\u202fd');
    expect(formatAge(2500 * 86_400_000)).toBe('2\u202f500\u202fd');
  });
  it('tells how long ago something was, and its date once that is long', () => {
    const ago = (milliseconds: number) => formatAgo('2026-03-17T14:30:00Z', Date.parse('2026-03-17T14:30:00Z') + milliseconds);
    expect(ago(-3_000)).toBe('just now');
    expect(ago(59_000)).toBe('just now');
    expect(ago(60_000)).toBe('1 minute ago');
    expect(ago(59 * 60_000)).toBe('59 minutes ago');
    expect(ago(3_600_000)).toBe('1 hour ago');
    expect(ago(26 * 3_600_000)).toBe('yesterday');
    expect(ago(5 * 86_400_000)).toBe('5 days ago');
    expect(ago(20 * 86_400_000)).toBe('17 Mar 2026');
  });
  it('counts days between dates across a change of clocks', () => expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31));
  it('carries an instant through a field and back', () => {
    expect(toFieldValue('2020-01-06T15:30:00Z', 'utc')).toBe('2020-01-06T15:30');
    expect(fromFieldValue('2020-01-06T15:30', 'utc')).toBe('2020-01-06T15:30:00Z');
    expect(fromFieldValue('', 'utc')).toBeNull();
  });
});

describe('the clock of a place', () => {
  it('shows summer and winter time, and names the place', () => {
    expect(formatInstant('2026-01-06T15:30:00Z', 'America/Chicago')).toBe('6 Jan 2026 09:30:00 Chicago');
    expect(formatInstant('2026-07-06T15:30:00Z', 'America/Chicago')).toBe('6 Jul 2026 10:30:00 Chicago');
    expect(formatInstant('2026-01-06T20:30:00Z', 'Asia/Kolkata', false)).toBe('7 Jan 2026 02:00 Kolkata');
    expect(formatClock('2026-01-06T06:00:00Z', 'America/Chicago')).toBe('00:00:00');
  });
  it('reads a field in that clock', () => {
    expect(toFieldValue('2026-07-06T15:30:00Z', 'America/Chicago')).toBe('2026-07-06T10:30');
    expect(fromFieldValue('2026-07-06T10:30', 'America/Chicago')).toBe('2026-07-06T15:30:00Z');
    expect(fromFieldValue('2026-03-08T03:30', 'America/Chicago')).toBe('2026-03-08T08:30:00Z');
    expect(fromFieldValue('nonsense', 'America/Chicago')).toBeNull();
  });
  it('knows its offset, and which names are places', () => {
    expect(offsetSeconds(new Date('2026-01-06T15:30:00.7Z'), 'Asia/Kolkata')).toBe(19_800);
    expect(offsetSeconds(new Date('2026-01-06T15:30:00Z'), 'utc')).toBe(0);
    expect(isPlace('America/Chicago')).toBe(true);
    expect(isPlace('America/Nowhere')).toBe(false);
    expect(isPlace('UTC')).toBe(false);
  });
  it('steps from one instant to another', () => {
    expect(shifted('2026-01-06T15:30:00Z', -86_400_000)).toBe('2026-01-05T15:30:00Z');
  });
});
