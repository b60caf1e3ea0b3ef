import type { ColumnChoice, Preset, Sides } from './columns';
import { absentFields, fieldsOf, layoutOf, moved, namesOf, nextPreset, parseColumnChoice, PRESETS, STANDARD, toggled, withFields } from './columns';
import { row, side } from './rows.fixture';

interface Asked {
  choice?: ColumnChoice;
  absent?: Parameters<typeof namesOf>[0];
  sides?: Sides;
  narrow?: boolean;
}
const laid = (preset: Preset, { choice = {}, absent = [], sides = 'both', narrow = false }: Asked = {}) => {
  const { before, after } = layoutOf({ preset, choice, absent, sides, narrow });
  return [before, after].map((columns) => columns.map((column) => column.field));
};

describe('the columns of a chain', () => {
  it('are mirrored around the strike, and bid stays left of ask', () => {
    expect(laid('price')).toEqual([['open_interest', 'volume', 'last', 'bid', 'ask'], ['bid', 'ask', 'last', 'volume', 'open_interest']]);
    expect(laid('volatility')[0]).toEqual(['vega', 'mark', 'iv_bid', 'iv', 'iv_ask']);
  });
  it('are two a side on a phone, and all of them when it shows one side', () => {
    for (const preset of PRESETS) expect(laid(preset, { narrow: true }).map((fields) => fields.length)).toEqual([2, 2]);
    expect(laid('volatility', { narrow: true })[1]).toEqual(['iv', 'mark']);
    expect(laid('price', { narrow: true, sides: 'put' })).toEqual([[], ['bid', 'ask', 'last', 'volume', 'open_interest']]);
  });
  it('say of which option they are', () => {
    expect(layoutOf({ preset: 'price', choice: {}, absent: [], sides: 'call', narrow: false }).after.every((column) => column.right === 'call')).toBe(true);
  });
  it('leave out what the source does not report, and give its room on a phone to the next', () => {
    const rows = [row(75, side({ bid: null, ask: null, last: 1.2 }), side({ bid: null, ask: null }))];
    expect(absentFields(STANDARD.price, rows)).toEqual(['bid', 'ask']);
    expect(namesOf(['volume', 'open_interest'])).toBe('volume, open interest');
    expect(laid('price', { absent: ['bid', 'ask'], narrow: true })[1]).toEqual(['last', 'volume']);
    expect(absentFields(STANDARD.greeks, [row(75, side({ delta: null }), null)])).toEqual([]);
    expect(absentFields(['bid'], [row(75, null, null)])).toEqual([]);
  });
  it('are walked in a circle of presets', () => {
    expect(nextPreset('price')).toBe('greeks');
    expect(nextPreset('interest')).toBe('price');
  });
});

describe('the columns somebody chose', () => {
  it('are read again as they were kept, and nonsense is left out', () => {
    expect(parseColumnChoice({ price: ['ask', 'bid', 'ask', 'nonsense', 3], greeks: [], other: ['bid'] })).toEqual({ price: ['ask', 'bid'] });
    expect(parseColumnChoice('price')).toBeNull();
    expect(parseColumnChoice([['bid']])).toBeNull();
  });
  it('replace those of their preset only, until they are the standard again', () => {
    const choice = withFields({}, 'price', ['mark', 'delta']);
    expect(fieldsOf('price', choice)).toEqual(['mark', 'delta']);
    expect(fieldsOf('greeks', choice)).toEqual(STANDARD.greeks);
    expect(withFields(choice, 'price', STANDARD.price)).toEqual({});
  });
  it('are never none', () => {
    const choice = { price: ['bid'] as const };
    expect(withFields(choice, 'price', toggled(['bid'], 'bid'))).toBe(choice);
  });
  it('come and go at the outer edge and are moved one by one', () => {
    expect(toggled(['bid', 'ask'], 'delta')).toEqual(['bid', 'ask', 'delta']);
    expect(moved(['bid', 'ask', 'last'], 'last', -1)).toEqual(['bid', 'last', 'ask']);
    expect(moved(['bid', 'ask'], 'bid', -1)).toEqual(['bid', 'ask']);
    expect(moved(['bid', 'ask'], 'ask', 1)).toEqual(['bid', 'ask']);
  });
});
