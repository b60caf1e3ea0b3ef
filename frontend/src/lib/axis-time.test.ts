import { tickWords } from './axis-time';

const at = (iso: string) => Date.parse(iso) / 1000;

describe('the words under an axis of time', () => {
  it('follow the clock of the place at each instant, across its change', () => {
    expect(tickWords(at('2026-10-31T14:00:00Z'), 'minute', 'America/Chicago')).toBe('09:00');
    expect(tickWords(at('2026-11-02T14:00:00Z'), 'minute', 'America/Chicago')).toBe('08:00');
    expect(tickWords(at('2026-11-02T14:00:05Z'), 'second', 'utc')).toBe('14:00:05');
  });
  it('name days, months and years where these begin, and the clock where they do not', () => {
    expect(tickWords(at('2026-03-17T00:00:00Z'), 'day', 'utc')).toBe('17 Mar');
    expect(tickWords(at('2026-03-17T00:00:00Z'), 'day', 'Asia/Kolkata')).toBe('17 Mar 05:30');
    expect(tickWords(at('2026-03-01T00:00:00Z'), 'month', 'utc')).toBe('Mar');
    expect(tickWords(at('2026-01-01T00:00:00Z'), 'year', 'utc')).toBe('2026');
  });
});
