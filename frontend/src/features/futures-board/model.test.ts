import type { Curve, Product } from './model';
import { matching, nearPrices, parseSort, partedByLife, queryOf, rootWidth, sectorOf, sectorsOf, shapeWords, sortedBy, sortedForBoard, topicsOf, withTold, writeSort } from './model';

const product = (root: string, sector: string | null, name = root) => ({ root, sector, name, exchange: 'CME', source: 'simulated' }) as Product;

describe('the board', () => {
  it('groups by sector in a fixed order, unknown sectors last', () => {
    const rows = sortedForBoard([product('X', null), product('GC', 'metal'), product('CL', 'energy'), product('ES', 'equity index'), product('BZ', 'energy'), product('W', 'weather')]);
    expect(rows.map((row) => row.root)).toEqual(['ES', 'BZ', 'CL', 'GC', 'W', 'X']);
    expect(sectorOf(product('X', null))).toBe('Other');
  });
  it('names each sector once, as the board orders them', () => {
    expect(sectorsOf([product('X', null), product('GC', 'metal'), product('CL', 'energy'), product('BZ', 'energy')])).toEqual(['Energy', 'Metal', 'Other']);
  });
  it('keeps an order in a word of the address, and takes no other', () => {
    for (const word of ['change', 'change.down', 'product', 'oi.down']) expect(writeSort(parseSort(word))).toBe(word);
    for (const word of [null, '', 'nothing', 'change.up', 'toString', 'x.down']) expect(parseSort(word)).toBeNull();
  });
  it('orders by a figure, what has none as the least, equals as they stood', () => {
    const row = (root: string, change_pct: number | null) => ({ ...product(root, 'energy'), front: { quote: { change_pct } } }) as Product;
    const rows = [row('A', 1), row('B', null), row('C', 3), row('D', 1)];
    expect(sortedBy(rows, { id: 'change', desc: true }).map(({ root }) => root)).toEqual(['C', 'A', 'D', 'B']);
    expect(sortedBy(rows, { id: 'change', desc: false }).map(({ root }) => root)).toEqual(['B', 'A', 'D', 'C']);
  });
  it('names the source of a product that several have', () => {
    expect(queryOf({ root: 'ES', source: 'lean', sources: ['lean', 'simulated'] })).toEqual({ root: 'ES', source: 'lean' });
    expect(queryOf({ root: 'ES', source: 'lean', sources: ['lean'] })).toEqual({ root: 'ES' });
  });
  it('parts what trades from what is only history', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    const fresh = { ...product('ES', 'equity'), last_ts: '2026-11-22T11:59:00Z', front: {} } as Product;
    const silent = { ...product('6E', 'currencies'), last_ts: '2024-01-31T23:58:00Z', front: {} } as Product;
    const ended = { ...product('VX', 'volatility'), last_ts: '2026-11-22T11:59:00Z', front: null } as Product;
    const parts = partedByLife([fresh, silent, ended], now);
    expect(parts.current).toEqual([fresh]);
    expect(parts.past).toEqual([silent, ended]);
    expect(parseFloat(rootWidth([product('BANKNIFTY', null)]))).toBeGreaterThan(parseFloat(rootWidth([product('ES', null)])));
  });
  it('finds by every word, wherever it stands', () => {
    const rows = [product('CL', 'energy', 'Crude oil'), product('GC', 'metal', 'Gold')];
    expect(matching(rows, 'oil crude').map((row) => row.root)).toEqual(['CL']);
    expect(matching(rows, '')).toHaveLength(2);
    expect(matching(rows, 'silver')).toHaveLength(0);
  });
  it('draws the coming year and names the shape', () => {
    const curve = { shape: 'contango', shape_pct_annualised: 23, points: [{ price: 1, expiry_years: 0.1 }, { price: null, expiry_years: 0.2 }, { price: 3, expiry_years: 2 }] } as unknown as Curve;
    expect(nearPrices(curve)).toEqual([1]);
    expect(shapeWords(curve)).toEqual({ word: 'Contango', percent: 23 });
    expect(shapeWords({ ...curve, shape: null })).toBeNull();
  });
  it('lays what is told over what was asked for, and says where the line is cut', () => {
    const now = Date.parse('2026-03-02T10:00:00Z');
    const living = { ...product('CL', 'energy'), last_ts: '2026-03-02T09:59:59Z', front: { symbol: 'CL-2026-04' } } as Product;
    const past = { ...product('BZ', 'energy'), last_ts: '2019-03-02T10:00:00Z', front: null } as Product;
    expect(topicsOf([living, past], now)).toEqual(['board:CL@simulated']);
    const view = (state: 'live' | 'disconnected', receivedAt: number) => new Map([['board:CL@simulated', { state, data: { ...living, name: 'told' }, ts: '', receivedAt, seq: 1 } as const]]);
    const rows = (state: 'live' | 'disconnected', receivedAt: number, isAnswered = true) => withTold([living, past], view(state, receivedAt), now, isAnswered);
    expect(rows('live', now - 1)).toMatchObject([{ name: 'told' }, { root: 'BZ' }]);
    expect(rows('disconnected', now + 1)[0]).toMatchObject({ name: 'told', cut: true });
    expect(rows('disconnected', now - 1)[0]).toBe(living);
    // What was asked for after the last that was told is old too once nobody answers.
    expect(rows('disconnected', now - 1, false)).toMatchObject([{ name: living.name, cut: true }, { root: 'BZ', cut: true }]);
    expect(rows('live', now - 1, false)[0]).not.toHaveProperty('cut');
  });
});
