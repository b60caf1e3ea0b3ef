import type { TopicView } from '@/stream/store';
import type { Product } from './model';
import type { Instrument, Own, Quote, Watchlist } from './watch-model';
import { askedSymbols, cardsOfProducts, cardsOfWatched, copyName, mergedLists, movedSymbol, pastedSymbols, placedSymbol, productOf, suggested, tickOf, watchRows, watchTopics, writtenSymbols } from './watch-model';

const list = (id: string, version: number, ...symbols: string[]) => ({ id, name: id, version, symbols }) as Watchlist;
const quote = (symbol: string, price: number) => ({ symbol, price }) as Quote;

describe('the lists of a person', () => {
  it('are those of the server until one is changed here, and again once it is newer there', () => {
    const own: Own = new Map([['a', { list: list('a', 2, 'CL'), at: 50 }]]);
    expect(mergedLists([list('a', 1), list('b', 1)], 10, own)).toEqual([list('a', 2, 'CL'), list('b', 1)]);
    expect(mergedLists([list('a', 3, 'ES')], 60, own)).toEqual([list('a', 3, 'ES')]);
  });

  it('have what was made here and lack what was deleted here, until the server tells otherwise', () => {
    const own: Own = new Map([
      ['new', { list: list('new', 1), at: 50 }],
      ['gone', { list: null, at: 50 }],
    ]);
    expect(mergedLists([list('gone', 1)], 40, own).map((each) => each.id)).toEqual(['new']);
    expect(mergedLists([], 60, own)).toEqual([]);
  });

  it('are put in another order one place or more at a time, and stop at the ends', () => {
    expect(movedSymbol(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
    expect(movedSymbol(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(movedSymbol(['a', 'b', 'c'], 'x', 1)).toEqual(['a', 'b', 'c']);
    expect(placedSymbol(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a']);
  });
});

describe('what is quoted', () => {
  it('is what flows, and where the line is lost the newer of what was told and asked', () => {
    const told = new Map<string, TopicView<Quote>>([
      ['quotes:A', { state: 'live', data: quote('A', 2), ts: '', receivedAt: 5, seq: 1 }],
      ['quotes:B', { state: 'disconnected', data: quote('B', 2), ts: '', receivedAt: 5, seq: 1 }],
      ['quotes:C', { state: 'waiting', data: null, detail: null }],
    ]);
    const asked = [quote('A', 1), quote('B', 1), quote('C', 1)];
    const seen = (askedAt: number, isAnswered = true) => watchRows(['A', 'B', 'C', 'D'], asked, askedAt, told, isAnswered).map((row) => [row.quote?.price, row.state]);
    expect(seen(4)).toEqual([[2, 'live'], [2, 'disconnected'], [1, null], [undefined, null]]);
    expect(seen(9)[1]).toEqual([1, null]);
    expect(seen(9, false)).toEqual([[2, 'live'], [1, 'disconnected'], [1, 'disconnected'], [undefined, null]]);
  });

  it('is asked for and followed within bounds', () => {
    const many = Array.from({ length: 300 }, (_, at) => `${'X'.repeat(58)}-${at}`);
    expect(askedSymbols(many).length).toBeLessThan(7_000);
    expect(askedSymbols(['CL-2027-01', 'ES-2027-03'])).toBe('CL-2027-01,ES-2027-03');
    expect(watchTopics(many)).toHaveLength(30);
  });

  it('is written in the tick of its product', () => {
    const products = [{ root: 'CL', tick: 0.01 }, { root: 'CL-X', tick: 0.5 }] as Product[];
    expect(productOf('CL-2027-01', products)?.tick).toBe(0.01);
    expect(productOf('CL-X-2027-01', products)?.tick).toBe(0.5);
    expect(productOf('CLX-2027-01', products)).toBeUndefined();
    expect(tickOf(quote('Z', 0.01234), undefined)).toBeLessThan(0.001);
  });
});

describe('what is typed', () => {
  const item = (symbol: string, kind: string, expiry: string | null = null) => ({ symbol, kind, expiry, expires_at: null }) as Instrument;

  it('is answered with what lives, is quoted by itself and is not in the list yet', () => {
    const found = [item('CL-2026-01', 'future', '2026-01-20'), item('CL-2027-01', 'future', '2026-12-20'), item('CL-2027-02', 'future', '2027-01-20'), item('CL-2027-02', 'future', '2027-01-20'), item('CL-C-70', 'option', '2026-12-16'), item('SPX', 'index')];
    expect(suggested(found, ['CL-2027-01'], Date.parse('2026-11-23T00:00:00Z')).map((each) => each.symbol)).toEqual(['CL-2027-02', 'SPX']);
  });

  it('is a list of symbols where several stand together', () => {
    expect(pastedSymbols('cl-2027-01, ES-2026-12\nES-2026-12')).toEqual(['CL-2027-01', 'ES-2026-12']);
    expect(pastedSymbols('crude oil')).toEqual([]);
    expect(pastedSymbols('CL-2027-01')).toEqual([]);
  });
});

describe('a price card', () => {
  const products = [{ root: 'CL', name: 'Crude oil', source: 'simulated', tick: 0.01, status: 'live', cut: true, front: { symbol: 'CL-2027-01', quote: quote('CL-2027-01', 70) } }] as Product[];

  it('is of a product with its front contract, and says when the line is lost', () => {
    expect(cardsOfProducts(products)).toMatchObject([{ title: 'CL', detail: 'CL-2027-01', state: 'disconnected', query: { root: 'CL' }, tick: 0.01 }]);
  });

  it('is of a contract of the watch list, in its order, as many as there is room for', () => {
    const rows = ['CL-2027-02', ...Array.from({ length: 20 }, (_, at) => `X-${at}`)].map((symbol) => ({ symbol, quote: symbol === 'CL-2027-02' ? ({ ...quote(symbol, 71), source: 'simulated' } as Quote) : undefined, state: null }));
    const cards = cardsOfWatched(rows, products);
    expect(cards).toHaveLength(8);
    expect(cards[0]).toMatchObject({ title: 'CL-2027-02', source: 'simulated', hint: 'Crude oil', tick: 0.01, query: { root: 'CL', tab: 'candles', symbol: 'CL-2027-02' } });
    expect(cards[1]).toMatchObject({ title: 'X-0', quote: undefined, source: undefined, query: { q: 'X-0' } });
  });
});

describe('a list that is written', () => {
  it('has its symbols once each, in capitals, and names what can be none', () => {
    expect(writtenSymbols(' cl-2027-01, ES-2027-03\nBTC-PERPETUAL;cl-2027-01 ')).toEqual({ symbols: ['CL-2027-01', 'ES-2027-03', 'BTC-PERPETUAL'], odd: [] });
    expect(writtenSymbols('CL-2027-01 <b> ')).toEqual({ symbols: ['CL-2027-01'], odd: ['<B>'] });
    expect(writtenSymbols(' \n')).toEqual({ symbols: [], odd: [] });
  });

  it('has a copy with a name of its own that fits', () => {
    expect(copyName('Energy', ['Energy'])).toBe('Energy copy');
    expect(copyName('Energy', ['Energy copy', 'Energy copy 2'])).toBe('Energy copy 3');
    expect(copyName('E'.repeat(60), [])).toBe(`${'E'.repeat(55)} copy`);
  });
});
