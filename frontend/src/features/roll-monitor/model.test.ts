import { countLines, dayOf, exportAddress, isoOfDay, meanGap, rowAt, shareLine, whenWords } from './model';

const row = (date: string, volume_share: number | null) => ({ date, front_volume: 1, next_volume: 1, volume_share, front_open_interest: 1, next_open_interest: 1, open_interest_share: null });

describe('the roll monitor', () => {
  const monitor = { migration: [row('2026-01-05', 0.4), row('2026-01-06', null)] };
  it('draws shares on the days that have one', () => {
    expect(shareLine(monitor, 'volume_share')).toEqual([{ x: dayOf('2026-01-05'), y: 0.4 }]);
    expect(shareLine(monitor, 'open_interest_share')).toEqual([]);
    expect(isoOfDay(dayOf('2026-01-05'))).toBe('2026-01-05');
  });
  it('finds the row of a day, else the latest', () => {
    expect(rowAt(monitor, dayOf('2026-01-05'))?.date).toBe('2026-01-05');
    expect(rowAt(monitor, null)?.date).toBe('2026-01-06');
    expect(rowAt({ migration: [] }, null)).toBeNull();
  });
  it('says when', () => {
    expect(whenWords(22)).toBe('in 22 days');
    expect(whenWords(0)).toBe('today');
    expect(whenWords(-1)).toBe('1 day ago');
    expect(whenWords(null)).toBe('not known');
  });
  it('draws both contracts on the days they are known', () => {
    expect(countLines(monitor, 'volume').next.map((spot) => spot.y)).toEqual([1, 1]);
    expect(countLines({ migration: [{ ...row('2026-01-05', null), front_open_interest: null }] }, 'open_interest')).toEqual({ front: [], next: [{ x: dayOf('2026-01-05'), y: 1 }] });
  });
  it('means the gaps that are known', () => {
    expect(meanGap([{ factor: 1.02 }, { factor: null }, { factor: 0.99 }])).toBeCloseTo(0.005, 12);
    expect(meanGap([])).toBeNull();
  });
  it('asks for the same rolls as a file', () => {
    expect(exportAddress('CL', 'oi', 'csv', 'lean')).toBe('/api/v1/futures/CL/rolls?roll=oi&source=lean&format=csv');
  });
});
