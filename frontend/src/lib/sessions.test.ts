import { sessionsOf, tradingDay } from './sessions';

const GLOBEX = { hours: [{ opens: '17:00', closes: '16:00', opens_day_before: true }], hours_zone: 'America/Chicago', calendar: 'CME' };
const at = (iso: string) => Date.parse(iso) / 1000;
const date = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

describe('trading days', () => {
  it('begin the evening before, on the exchange’s clock, summer and winter', () => {
    expect(date(tradingDay(at('2026-07-14T20:59:00Z'), GLOBEX))).toBe('2026-07-14');
    expect(date(tradingDay(at('2026-07-14T22:00:00Z'), GLOBEX))).toBe('2026-07-15');
    expect(date(tradingDay(at('2026-01-14T21:59:00Z'), GLOBEX))).toBe('2026-01-14');
    expect(date(tradingDay(at('2026-01-14T23:00:00Z'), GLOBEX))).toBe('2026-01-15');
  });
  it('of a Sunday evening are Monday’s', () => {
    expect(date(tradingDay(at('2026-07-17T22:30:00Z'), GLOBEX))).toBe('2026-07-20');
    expect(date(tradingDay(at('2026-07-19T22:30:00Z'), GLOBEX))).toBe('2026-07-20');
  });
  it('of a market that never rests are dates', () => {
    const always = { hours: [{ opens: '00:00', closes: '00:00', opens_day_before: false }], hours_zone: 'UTC', calendar: 'EVERY_DAY' };
    expect(date(tradingDay(at('2026-07-18T23:59:59Z'), always))).toBe('2026-07-18');
    expect(date(tradingDay(at('2026-07-18T12:00:00Z'), null))).toBe('2026-07-18');
  });
  it('are shaded every second one, and begin at their first bar', () => {
    const times = ['2026-07-14T20:00:00Z', '2026-07-14T22:00:00Z', '2026-07-15T12:00:00Z', '2026-07-15T23:00:00Z'].map(at);
    expect(sessionsOf(times, GLOBEX)).toEqual({ starts: [times[1], times[3]], shaded: [times[1], times[2]] });
  });
});
