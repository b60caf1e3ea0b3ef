// @vitest-environment jsdom
import type { Sheet } from './cells';
import { hintOf, RowPainter, wordsOf } from './cells';
import { layoutOf } from './columns';
import type { ChainRow } from './model';
import { decimalsOf, writerOf } from './model';
import { row, side } from './rows.fixture';

const { before, after } = layoutOf({ preset: 'price', choice: {}, absent: [], sides: 'both', narrow: false });
const sheetOf = (rows: ChainRow[], changes: Partial<Sheet> = {}): Sheet => ({
  columns: [...before, null, ...after], write: writerOf(decimalsOf(rows)), most: 200, units: { currency: 'USD', price_currency: 'USD' }, clock: null, now: 0, ...changes,
});

/** A row as React draws it: a cell for each column, nothing in them but the strike. */
function drawnRow(): { element: HTMLElement; cell: (index: number) => HTMLElement } {
  const element = document.createElement('div');
  element.append(...[...before, null, ...after].map(() => document.createElement('div')));
  return { element, cell: (index) => element.children[index] as HTMLElement };
}
const BID = 3;

/** The changes that one painting made. */
function changesOf(element: Element, paint: () => void): MutationRecord[] {
  const observer = new MutationObserver(() => undefined);
  observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
  paint();
  const records = observer.takeRecords();
  observer.disconnect();
  return records;
}

describe('the painter of a row', () => {
  it('writes each column of both sides and leaves the strike alone', () => {
    const { element, cell } = drawnRow();
    const first = row(75, side({ bid: 1.2, open_interest: 100 }), side({ bid: 2.25, ask: null }));
    new RowPainter().paint(element, first, sheetOf([first]));
    expect([...element.children].map((each) => each.textContent)).toEqual(['100', '10', '·', '1.20', '1.30', '', '2.25', '·', '·', '10', '100']);
    expect(cell(7).getAttribute('aria-label')).toBe('No ask');
    expect(cell(7).dataset.hint).toBe('No ask');
    expect(cell(0).style.getPropertyValue('--share')).toBe('50%');
  });
  it('touches only what changed, and lights it with its direction', () => {
    const { element, cell } = drawnRow();
    const painter = new RowPainter();
    const first = row(75, side({ bid: 1.2 }), side({}));
    const sheet = sheetOf([first]);
    painter.paint(element, first, sheet);
    const records = changesOf(element, () => painter.paint(element, { ...first, call: side({ bid: 1.1 }) }, sheet));
    expect(records.map((record) => record.type)).toEqual(['characterData', 'attributes']);
    expect(cell(BID).textContent).toBe('1.1');
    expect(cell(BID).dataset.tick).toBe('down');
    expect(changesOf(element, () => painter.paint(element, { ...first, call: side({ bid: 1.1 }) }, sheet))).toEqual([]);
  });
  it('neither lights what it writes for the first time nor what comes back after it was missing', () => {
    const { element, cell } = drawnRow();
    const painter = new RowPainter();
    const [first, without] = [row(75, side({}), null), row(75, side({ bid: null }), null)];
    const sheet = sheetOf([first]);
    painter.paint(element, first, sheet);
    painter.paint(element, without, sheet);
    expect(cell(BID).getAttribute('aria-label')).toBe('No bid');
    painter.paint(element, first, sheet);
    expect(cell(BID).textContent).toBe('1.2');
    expect(cell(BID).hasAttribute('aria-label')).toBe(false);
    expect(cell(BID).dataset.hint).toBeUndefined();
    expect(cell(BID).dataset.tick).toBeUndefined();
  });
  it('writes a row anew when the way numbers are written changes', () => {
    const { element, cell } = drawnRow();
    const painter = new RowPainter();
    const first = row(75, side({ bid: 1.2 }), null);
    painter.paint(element, first, sheetOf([first]));
    painter.paint(element, first, sheetOf([row(75, side({ bid: 1.125 }), null)]));
    expect(cell(BID).textContent).toBe('1.200');
  });
  it('tells what a price in coin is worth when it is pointed at, and which option a cell is of', () => {
    const { element, cell } = drawnRow();
    const painter = new RowPainter();
    const first = row(75, side({ bid: 0.02, mark: 0.02, mark_quote: 1500 }), null);
    const sheet = sheetOf([first], { units: { currency: 'USD', price_currency: 'BTC' } });
    painter.paint(element, first, sheet);
    expect(painter.hintAt(cell(BID), sheet)).toBe('Worth 1500.00 USD');
    expect(painter.hintAt(cell(5), sheet)).toBeNull();
    expect(painter.at(cell(BID))).toMatchObject({ side: first.call, column: { right: 'call', field: 'bid' } });
  });
});

describe('the words of a cell', () => {
  const sheet = sheetOf([row(75, side({}), null)]);
  it('count an age on from the clock of the server', () => {
    const clock = { serverAt: Date.parse('2026-03-02T10:00:05Z'), receivedAt: 1_000 };
    expect(wordsOf(side({}), 'quote_age_ms', { ...sheet, clock, now: 3_000 })).toMatchObject({ text: '7.0\u202fs', late: false });
    expect(wordsOf(side({}), 'quote_age_ms', { ...sheet, clock, now: 13_000 })).toMatchObject({ late: true });
  });
  it('tell of what a computed number is, when it is pointed at, and of a missing one why', () => {
    const basis = { forward: 6253.75, forward_source: 'future', underlying_symbol: 'ES-2026-12', parity_pairs: 0, rate: 0.04, rate_source: 'assumed', model: 'black76', as_of: '2026-03-02T10:00:05Z' } as const;
    const on = 'n forward 6253.75 from ES-2026-12, rate 4.00\u202f% assumed, Black-76. Quote 5.0\u202fs old';
    expect(hintOf(side({ iv: 0.2, mark_source: 'mid' }), 'iv', sheet, basis)).toBe(`Of the middle of bid and ask o${on}`);
    expect(hintOf(side({ iv_bid: 0.19 }), 'iv_bid', sheet, basis)).toBe(`Of the bid o${on}`);
    expect(hintOf(side({ delta: 0.5, mark_source: 'venue', status: 'wide' }), 'delta', sheet, basis)).toBe(`Bid and ask are far apart: take this with care. Of the mark of the venue o${on}`);
    expect(hintOf(side({ iv: null, status: 'crossed' }), 'iv', sheet, basis)).toBe(`Bid above ask: the quote cannot be trusted. O${on}`);
    expect(hintOf(side({ iv: null, status: 'no_quote' }), 'iv', sheet, { ...basis, forward: null })).toContain('. Without a forward, rate');
    expect(hintOf(null, 'iv', sheet, basis)).toBe('Not listed at this strike');
    expect(hintOf(side({ bid: 1 }), 'bid', sheet, basis)).toBeNull();
  });
  it('mark what a wide quote makes doubtful', () => {
    expect(wordsOf(side({ status: 'wide' }), 'delta', sheet).wide).toBe(true);
    expect(wordsOf(side({ status: 'wide' }), 'volume', sheet).wide).toBe(false);
  });
});
