import { askedEarlier, earlierMoment, earlierWords, isMoment } from './earlier';

const OFFERED = [
  { value: '1', label: '1 day before' },
  { value: '7', label: '1 week before' },
];

describe('earlier moments', () => {
  it('are read from an address: what is on offer and dates, each once, and nothing else', () => {
    expect(askedEarlier('1,2026-11-02,yesterday,7,1,2026-99-99', OFFERED)).toEqual(['1', '2026-11-02', '7']);
    expect(askedEarlier('1,7,2026-11-02,2026-11-03,2026-11-04', OFFERED)).toHaveLength(4);
    expect(askedEarlier(null, OFFERED)).toEqual([]);
  });

  it('are asked for to the minute, or as the date they are', () => {
    const now = new Date('2026-11-23T09:30:42.5Z');
    expect(earlierMoment('1', now)).toBe('2026-11-22T09:30:00Z');
    expect(earlierMoment('2026-11-02', now)).toBe('2026-11-02');
  });

  it('are known again in the answer, however it writes them', () => {
    expect(isMoment('2026-11-22T09:30:00+00:00', '2026-11-22T09:30:00Z')).toBe(true);
    expect(isMoment('2026-11-02T23:59:59.999999Z', '2026-11-02')).toBe(true);
    expect(isMoment('2026-11-03T23:59:59.999999Z', '2026-11-02')).toBe(false);
  });

  it('have words', () => {
    expect(earlierWords('7', OFFERED)).toBe('1 week before');
    expect(earlierWords('2026-11-02', OFFERED)).toBe('2 Nov 2026');
  });
});
