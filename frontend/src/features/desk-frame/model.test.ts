import type { Recent } from './model';
import { pageAt, pageOfInstrument, paletteScore, recentFrom, sightOfChain, sightOfProduct, sightsNow, summariseFeeds, withRecent } from './model';

describe('the status pill', () => {
  it('names a single source and its state, with the newest age', () => {
    const summary = summariseFeeds([
      { source: 'simulated', status: 'live', ageMs: 900 },
      { source: 'simulated', status: 'live', ageMs: 400 },
    ]);
    expect(summary).toMatchObject({ words: 'Simulated · live', ageMs: 400, tone: 'good' });
  });
  it('counts sources and reports the best state among them', () => {
    const summary = summariseFeeds([
      { source: 'cboe', status: 'closed', ageMs: 9e9 },
      { source: 'simulated', status: 'live', ageMs: 300 },
    ]);
    expect(summary).toMatchObject({ words: 'Live · 2 sources', ageMs: 300 });
  });
  it('takes the newest word of each feed, but not against a closed exchange', () => {
    const now = Date.parse('2026-03-02T10:00:05Z');
    const feeds = [{ feed: 'simulated', state: 'stale', last_tick_ts: '2026-03-02T10:00:00Z' }];
    const sight = { source: 'simulated', status: 'live', ageMs: 100 };
    expect(sightsNow([sight], feeds, now)).toEqual([{ source: 'simulated', status: 'stale', ageMs: 5000 }]);
    expect(sightsNow([{ ...sight, status: 'closed' }], feeds, now)[0]?.status).toBe('closed');
    expect(sightsNow([{ ...sight, source: 'cboe' }], feeds, now)[0]).toEqual({ ...sight, source: 'cboe' });
  });
  it('never calls old data live', () => {
    expect(summariseFeeds([{ source: 'lean', status: 'stale', ageMs: 1e9 }])).toMatchObject({ words: 'Lean · stale', tone: 'late' });
    expect(summariseFeeds([]).words).toBe('No data');
  });
  it('lets history speak only where nothing else does', () => {
    const past = { source: 'nse', status: 'history', ageMs: null };
    expect(summariseFeeds([past, { source: 'simulated', status: 'live', ageMs: 300 }])).toMatchObject({ words: 'Simulated · live', sources: ['simulated'] });
    expect(summariseFeeds([past])).toMatchObject({ words: 'NSE · history', tone: 'none', ageMs: null });
  });
  it('reads a product without a living contract, and options long silent, as history', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(sightOfProduct({ source: 'nse', status: 'closed', last_ts: '2026-11-22T10:00:00Z', front: null }, now).status).toBe('history');
    expect(sightOfProduct({ source: 'nse', status: 'closed', last_ts: '2026-11-22T10:00:00Z', front: { quote: { quote_age_ms: 7 } } }, now)).toMatchObject({ status: 'closed', ageMs: 7 });
    const item = { underlying: 'SPXW', source: 'cboe', status: 'closed', newest_ts: '2023-09-14T20:31:00Z', expiries: [1] };
    expect(sightOfChain(item, 'cboe', now).status).toBe('history');
    expect(summariseFeeds([sightOfChain(item, 'lean', now)]).words).toBe('Lean');
  });
});

describe('the search', () => {
  it('wants every word and puts what begins with them first', () => {
    expect(paletteScore('CL Crude Oil WTI future simulated', 'crude')).toBe(0.5);
    expect(paletteScore('CL Crude Oil WTI future simulated', 'cl')).toBe(1);
    expect(paletteScore('Futures page', 'crude', ['curve', 'candles', 'roll'])).toBe(0);
    expect(paletteScore('Options page', 'greeks', ['chain', 'greeks'])).toBe(0.5);
  });
  it('leads each kind of instrument to the page that shows it', () => {
    expect(pageOfInstrument({ symbol: 'CL-2027-01', kind: 'future', root: 'CL' })?.path).toBe('/futures');
    expect(pageOfInstrument({ symbol: 'ES-2026-12-18-6000-C', kind: 'option', root: 'ES', expiry: '2026-12-18' })?.query).toEqual({ underlying: 'ES', expiry: '2026-12-18' });
    expect(pageOfInstrument({ symbol: 'SPX', kind: 'index', root: 'SPX' })).toBeNull();
  });
});

describe('what was opened lately', () => {
  const of = (name: string): Recent => ({ name, path: '/futures', query: { root: name } });
  it('is kept once, the latest first, a few at most', () => {
    const many = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].reduce<Recent[]>((was, name) => withRecent(was, of(name)), []);
    expect(many.map((each) => each.name)).toEqual(['G', 'F', 'E', 'D', 'C', 'B']);
    expect(withRecent(many, of('D')).map((each) => each.name)).toEqual(['D', 'G', 'F', 'E', 'C', 'B']);
  });
  it('is read with care: an address outside the desk is left out', () => {
    expect(recentFrom([of('CL'), { name: 'x', path: '//elsewhere.example', query: {} }, { name: 'x', path: 'javascript:1', query: {} }, null, 7])).toEqual([of('CL')]);
    expect(recentFrom('CL')).toBeNull();
  });
});

describe('the sidebar', () => {
  it('knows which page an address belongs to', () => {
    expect(pageAt('/futures')).toBe('/futures');
    expect(pageAt('/options/')).toBe('/options');
    expect(pageAt('/admin/users')).toBe('/admin');
  });
});
