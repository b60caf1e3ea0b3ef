import { summariseFeeds } from './model';

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
  it('never calls old data live', () => {
    expect(summariseFeeds([{ source: 'lean', status: 'stale', ageMs: 1e9 }])).toMatchObject({ words: 'Lean · stale', tone: 'late' });
    expect(summariseFeeds([]).words).toBe('No data');
  });
});
