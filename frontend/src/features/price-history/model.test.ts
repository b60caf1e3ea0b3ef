import { averagesOf, exportAddress, intervalOf, lengthFrom, marksOf, parseStudies, USUAL } from './model';

const bars = [0, 1, 2, 3].map((day) => ({ time: Date.parse('2026-03-16T00:00:00Z') / 1000 + day * 86_400, open: 1, high: 2, low: 0, close: day, volume: null, interest: null }));

describe('candles', () => {
  it('fall back to minutes for an interval they do not know', () => {
    expect(intervalOf('1h')).toBe('1h');
    expect(intervalOf('1s')).toBe('1s');
    expect(intervalOf('7m')).toBe('1m');
    expect(intervalOf(null)).toBe('1m');
  });
});

describe('studies', () => {
  it('are read back as they were kept, and no further than they are understood', () => {
    const chosen = { volume: false, interest: true, sessions: true, marks: false, averages: [{ kind: 'ema' as const, length: 20 }] };
    expect(parseStudies(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
    expect(parseStudies({ averages: [{ kind: 'vwap', length: 5 }, { kind: 'sma', length: 1 }, null] })).toEqual(USUAL);
    expect(parseStudies({ averages: Array(9).fill({ kind: 'sma', length: 5 }) })?.averages).toHaveLength(3);
    expect(parseStudies('volume')).toBeNull();
  });
  it('take a length within bounds', () => {
    expect(lengthFrom('20')).toBe(20);
    expect(lengthFrom('1')).toBe(2);
    expect(lengthFrom('9999')).toBe(400);
    expect(lengthFrom('')).toBeNull();
    expect(lengthFrom('ten')).toBeNull();
  });
  it('are named and drawn where they exist', () => {
    const [average] = averagesOf(bars, [{ kind: 'sma', length: 2 }]);
    expect(average?.name).toBe('SMA 2');
    expect(average?.points.map((spot) => spot.value)).toEqual([0.5, 1.5, 2.5]);
  });
});

describe('marks', () => {
  const life = { expiry: '2026-03-18', first_notice: '2026-02-01', last_trade: '2026-03-18' };
  it('stand at the first bar not before what happened', () => {
    const rolls = [{ ts: '2026-03-16T22:00:00Z', from: 'ES-2026-03', to: 'ES-2026-06' }];
    expect(marksOf(bars, 'ES-2026-03', life, rolls)).toEqual([
      { time: bars[1]?.time, text: 'roll to ES-2026-06' },
      { time: bars[2]?.time, text: 'expiry' },
    ]);
    expect(marksOf(bars, 'ES-2026-06', {}, rolls)).toEqual([{ time: bars[1]?.time, text: 'front' }]);
  });
  it('are none where there is no bar', () => {
    expect(marksOf([], 'ES-2026-03', life, [])).toEqual([]);
  });
});

describe('a file of the bars', () => {
  it('holds those that are shown', () => {
    const address = exportAddress('ES-2026-03', 'csv', { interval: '1d', source: 'lean', asOf: '2026-03-19T00:00:00Z', first: bars[0]?.time, last: bars[3]?.time });
    const query = new URL(address, 'http://desk').searchParams;
    expect([query.get('from'), query.get('to'), query.get('format'), query.get('source')]).toEqual(['2026-03-16T00:00:00Z', '2026-03-20T00:00:00Z', 'csv', 'lean']);
  });
});
