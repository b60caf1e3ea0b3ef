/** Which columns a chain shows: presets, what a person made of them, and how they stand around the strike. */

import type { TermName } from '@/lib/terms';
import type { ChainRow, Right, Side } from './model';

export const PRESETS = ['price', 'greeks', 'volatility', 'interest'] as const;
export type Preset = (typeof PRESETS)[number];
export const PRESET_WORDS: Record<Preset, string> = { price: 'Price', greeks: 'Greeks', volatility: 'Volatility', interest: 'Interest' };

export const FIELDS = ['bid', 'ask', 'last', 'mark', 'volume', 'open_interest', 'iv_bid', 'iv', 'iv_ask', 'delta', 'gamma', 'theta', 'vega', 'rho', 'quote_age_ms'] as const;
export type Field = (typeof FIELDS)[number];

const COLUMNS: Record<Field, { name: string; words: string; term: TermName | null }> = {
  bid: { name: 'Bid', words: 'Bid', term: 'bid' },
  ask: { name: 'Ask', words: 'Ask', term: 'ask' },
  last: { name: 'Last', words: 'Last trade', term: 'last' },
  mark: { name: 'Mark', words: 'Mark', term: 'mark' },
  volume: { name: 'Volume', words: 'Volume', term: 'volume' },
  open_interest: { name: 'OI', words: 'Open interest', term: 'open_interest' },
  iv_bid: { name: 'IV bid %', words: 'IV of the bid', term: 'iv' },
  iv: { name: 'IV %', words: 'Implied volatility', term: 'iv' },
  iv_ask: { name: 'IV ask %', words: 'IV of the ask', term: 'iv' },
  delta: { name: 'Delta', words: 'Delta', term: 'delta' },
  gamma: { name: 'Gamma', words: 'Gamma', term: 'gamma' },
  theta: { name: 'Theta', words: 'Theta', term: 'theta' },
  vega: { name: 'Vega', words: 'Vega', term: 'vega' },
  rho: { name: 'Rho', words: 'Rho', term: 'rho' },
  quote_age_ms: { name: 'Age', words: 'Age of the quote', term: null },
};

/** A column by its whole name, for a list to choose from. */
export const fieldWords = (field: Field): string => COLUMNS[field].words;

/** Fields from the strike outwards; calls mirror them. */
export const STANDARD: Record<Preset, readonly Field[]> = {
  price: ['bid', 'ask', 'last', 'volume', 'open_interest'],
  greeks: ['mark', 'delta', 'gamma', 'theta', 'vega', 'rho', 'iv'],
  volatility: ['iv_bid', 'iv', 'iv_ask', 'mark', 'vega'],
  interest: ['open_interest', 'volume', 'last', 'quote_age_ms'],
};
/** What a phone keeps of a preset that nobody changed; else it is the first two. */
const SMALL: Partial<Record<Preset, readonly Field[]>> = { volatility: ['iv', 'mark'] };
const SMALL_COUNT = 2;

/** What a source may not report at all; computed numbers are never left out. */
const REPORTED: ReadonlySet<Field> = new Set<Field>(['bid', 'ask', 'last', 'volume', 'open_interest']);

/** The columns somebody made of the presets; a preset that is not there is the standard one. */
export type ColumnChoice = Partial<Record<Preset, readonly Field[]>>;

/** Reads what was kept: known fields, each once, at least one; what is no such thing is left out. */
export function parseColumnChoice(value: unknown): ColumnChoice | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const read = PRESETS.flatMap((preset): Array<[Preset, Field[]]> => {
    const list = (value as Record<string, unknown>)[preset];
    if (!Array.isArray(list)) return [];
    const fields = [...new Set(list)].filter((each): each is Field => FIELDS.some((field) => field === each));
    return fields.length ? [[preset, fields]] : [];
  });
  return Object.fromEntries(read);
}

/** The fields of a preset from the strike outwards, as this person wants them. */
export const fieldsOf = (preset: Preset, choice: ColumnChoice): readonly Field[] => choice[preset] ?? STANDARD[preset];

const same = (one: readonly Field[], other: readonly Field[]): boolean => one.length === other.length && one.every((field, index) => field === other[index]);

/** The choice after the fields of a preset were changed; the standard needs no keeping, and the last column stays. */
export function withFields(choice: ColumnChoice, preset: Preset, fields: readonly Field[]): ColumnChoice {
  if (fields.length === 0) return choice;
  const others = Object.fromEntries(Object.entries(choice).filter(([name]) => name !== preset));
  return same(fields, STANDARD[preset]) ? others : { ...others, [preset]: fields };
}

/** Shows a hidden column as the outermost, or hides a shown one. */
export const toggled = (fields: readonly Field[], field: Field): Field[] => (fields.includes(field) ? fields.filter((each) => each !== field) : [...fields, field]);

/** Moves a column by one place towards the strike (-1) or away from it (1). */
export function moved(fields: readonly Field[], field: Field, step: -1 | 1): Field[] {
  const [from, to] = [fields.indexOf(field), fields.indexOf(field) + step];
  const next = [...fields];
  if (from < 0 || to < 0 || to >= fields.length) return next;
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** The reported columns among these that are empty in every row of this chain; never all of them. */
export function absentFields(fields: readonly Field[], rows: readonly ChainRow[]): Field[] {
  const told = (side: Side | null, field: Field) => side !== null && side[field] !== null;
  const absent = fields.filter((field) => REPORTED.has(field) && !rows.some((row) => told(row.call, field) || told(row.put, field)));
  return absent.length === fields.length ? [] : absent;
}

/** Names of columns in words, for what is left out. */
export const namesOf = (fields: readonly Field[]): string => fields.map((field) => COLUMNS[field].words.toLowerCase()).join(', ');

export interface Column {
  right: Right;
  field: Field;
  name: string;
  term: TermName | null;
}

/** Both sides around the strikes, or one of them beside. */
export const SIDES = ['both', 'call', 'put'] as const;
export type Sides = (typeof SIDES)[number];

export interface Layout {
  /** Left of the strike, left to right. */
  before: Column[];
  /** Right of the strike. */
  after: Column[];
}

interface Wanted {
  preset: Preset;
  choice: ColumnChoice;
  absent: readonly Field[];
  sides: Sides;
  /** A narrow screen has room for two columns a side. */
  narrow: boolean;
}

/** The columns as they stand. Bid stays left of ask wherever they are neighbours. */
export function layoutOf({ preset, choice, absent, sides, narrow }: Wanted): Layout {
  const listed = fieldsOf(preset, choice).filter((field) => !absent.includes(field));
  const small = [...new Set([...(choice[preset] ? [] : (SMALL[preset] ?? [])), ...listed])].filter((field) => listed.includes(field)).slice(0, SMALL_COUNT);
  const fields = narrow && sides === 'both' ? listed.filter((field) => small.includes(field)) : listed;
  const of = (right: Right, order: readonly Field[]) => quotesInOrder(order).map((field): Column => ({ right, field, name: COLUMNS[field].name, term: COLUMNS[field].term }));
  if (sides !== 'both') return { before: [], after: of(sides, fields) };
  return { before: of('call', [...fields].reverse()), after: of('put', fields) };
}

function quotesInOrder(fields: readonly Field[]): Field[] {
  return inOrder(inOrder([...fields], ['ask', 'bid'], ['bid', 'ask']), ['iv_ask', 'iv', 'iv_bid'], ['iv_bid', 'iv', 'iv_ask']);
}

/** A run of neighbours that stands the wrong way round is turned. */
function inOrder(fields: Field[], wrong: readonly Field[], right: readonly Field[]): Field[] {
  const at = fields.findIndex((_, index) => same(fields.slice(index, index + wrong.length), wrong));
  return at < 0 ? fields : [...fields.slice(0, at), ...right, ...fields.slice(at + right.length)];
}

export function nextPreset(preset: Preset): Preset {
  return PRESETS[(PRESETS.indexOf(preset) + 1) % PRESETS.length] ?? 'price';
}
