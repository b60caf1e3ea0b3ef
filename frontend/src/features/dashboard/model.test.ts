import type { Product, Underlying } from './model';
import { aliveAt, cardProducts, daysWords, expiriesAhead, layoutFrom, movedTile, movers, placedTile, shownTiles, STANDARD, TILES, toggledCard, withTile } from './model';

const product = (root: string, values: { sector?: string; change?: number | null; expiry?: string; last?: string } = {}) =>
  ({
    root,
    source: 'simulated',
    sector: values.sector ?? 'energy',
    last_ts: values.last ?? '2026-11-22T12:00:00Z',
    front: { symbol: `${root}-1`, expiry: values.expiry ?? '2026-12-21', quote: { change_pct: values.change ?? null } },
  }) as unknown as Product;

describe('the arrangement', () => {
  it('is read back as it was written, without what no longer exists and with what is new', () => {
    const kept = JSON.parse(JSON.stringify({ ...STANDARD, order: ['curve', 'gone', 'prices', 'curve'], hidden: ['movers', 'gone'], cards: ['CL', 7] })) as unknown;
    expect(layoutFrom(kept)).toEqual({ order: ['curve', 'prices', 'watch', 'movers', 'volatility', 'expiries'], hidden: ['movers'], cards: ['CL'], cardsOf: 'products', root: null, underlying: null });
    expect(layoutFrom(null)).toBeNull();
    expect(layoutFrom({ order: 'curve' })).toBeNull();
  });

  it('moves a tile past its neighbours that are shown', () => {
    const layout = withTile(STANDARD, 'watch', false);
    expect(shownTiles(movedTile(layout, 'prices', 1))).toEqual(['movers', 'prices', 'curve', 'volatility', 'expiries']);
    expect(movedTile(layout, 'prices', -1)).toBe(layout);
    expect(movedTile(layout, 'expiries', 1)).toBe(layout);
  });

  it('puts a tile where another stands, from either side', () => {
    expect(placedTile(STANDARD, 'prices', 'movers').order.slice(0, 3)).toEqual(['watch', 'movers', 'prices']);
    expect(placedTile(STANDARD, 'movers', 'prices').order.slice(0, 3)).toEqual(['movers', 'prices', 'watch']);
    expect(placedTile(STANDARD, 'movers', 'movers')).toBe(STANDARD);
  });

  it('hides and shows again in the old place', () => {
    const without = withTile(STANDARD, 'curve', false);
    expect(shownTiles(without)).not.toContain('curve');
    expect(shownTiles(withTile(without, 'curve', true))).toEqual([...TILES]);
  });
});

describe('the cards', () => {
  const board = [product('CL'), product('NG'), product('ES', { sector: 'equity' }), product('GC', { sector: 'metal' })];

  it('begin with one product of each sector', () => {
    expect(cardProducts(board, null).map((each) => each.root)).toEqual(['CL', 'ES', 'GC', 'NG']);
  });

  it('are those chosen, in the order chosen', () => {
    expect(cardProducts(board, ['GC', 'XX', 'CL']).map((each) => each.root)).toEqual(['GC', 'CL']);
    expect(toggledCard(['GC', 'CL'], 'GC')).toEqual(['CL']);
    expect(toggledCard(['1', '2', '3', '4', '5', '6', '7', '8'], '9')).toHaveLength(8);
  });

  it('show nothing that ended long ago', () => {
    expect(aliveAt([...board, product('VX', { last: '2020-01-01T00:00:00Z' })], Date.parse('2026-11-22T12:00:00Z'))).toHaveLength(4);
  });
});

describe('movers', () => {
  it('rank the furthest first on both sides and leave out what did not move or is not known', () => {
    const found = movers([product('A', { change: 1 }), product('B', { change: -3 }), product('C', { change: 2 }), product('D', { change: 0 }), product('E'), product('F', { change: -1 })], 2);
    expect(found.up.map((each) => each.root)).toEqual(['C', 'A']);
    expect(found.down.map((each) => each.root)).toEqual(['B', 'F']);
  });
});

describe('expiries ahead', () => {
  it('come soonest first, futures and options together, none that is past', () => {
    const options = [{ underlying: 'CL', source: 'simulated', expiries: [{ expiry: '2026-11-23' }, { expiry: '2026-12-22' }, { expiry: '2027-01-20' }] }] as unknown as Underlying[];
    const found = expiriesAhead([product('CL'), product('ES', { expiry: '2026-11-21' })], options, Date.parse('2026-11-22T23:00:00Z'));
    expect(found.map((each) => [each.kind, each.symbol, each.days])).toEqual([
      ['options', 'CL', 1],
      ['future', 'CL-1', 29],
      ['options', 'CL', 30],
    ]);
    expect([0, 1, 5].map(daysWords)).toEqual(['today', 'tomorrow', '5 days']);
  });
});
