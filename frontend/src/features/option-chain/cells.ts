/**
 * Writes the cells of a chain straight into the page. A ticking chain changes hundreds of numbers ten times a second:
 * the rows are drawn once, and a tick then touches only the texts that differ.
 */

import { ageAt } from '@/lib/time';
import type { Clock } from '@/lib/time';
import { directionOf, flash } from '@/ui/flash-mark';
import type { Column, Field } from './columns';
import type { Basis, Chain, ChainRow, Side, Writer } from './model';
import { basisWords, reasonOf, worthWords } from './model';

/** Prices flash; what changes only because time passes does not. */
const FLASHING: ReadonlySet<Field> = new Set<Field>(['bid', 'ask', 'last', 'mark', 'iv', 'iv_bid', 'iv_ask']);
const LATE_MS = 15_000;
const MISSING = '·';

/** By what all rows are written; the same object while it stays as it is. */
export interface Sheet {
  /** Left to right; null where the strike stands. */
  columns: ReadonlyArray<Column | null>;
  write: Writer;
  /** The greatest open interest: a full bar. */
  most: number;
  units: Pick<Chain, 'currency' | 'price_currency'>;
  /** The server's clock, where the chain is told, and this machine's time: ages are counted on. */
  clock: Clock | null;
  now: number;
}

/** What a cell says. */
export interface CellWords {
  text: string;
  /** Why there is no number. */
  reason: string | null;
  /** Bid and ask stand too far apart to trust what comes of them. */
  wide: boolean;
  late: boolean;
  /** The length of its bar, 0 to 100. */
  share: number;
}

export function wordsOf(side: Side | null, field: Field, sheet: Sheet): CellWords {
  const value = side?.[field] ?? null;
  if (side === null || value === null) return { text: MISSING, reason: reasonOf(side, field), wide: false, late: false, share: 0 };
  const plain = { reason: null, wide: side.status === 'wide' && field !== 'volume' && field !== 'open_interest', late: false, share: 0 };
  if (field === 'quote_age_ms') {
    const age = sheet.clock ? (ageAt(sheet.clock, side) ?? value) + Math.max(0, sheet.now - sheet.clock.receivedAt) : value;
    return { ...plain, text: sheet.write(field, age), wide: false, late: age > LATE_MS };
  }
  const share = field === 'open_interest' && sheet.most > 0 && value > 0 ? Math.max(2, Math.round((value / sheet.most) * 100)) : 0;
  return { ...plain, text: sheet.write(field, value), share };
}

/** What is told of a cell when it is pointed at: why it is empty or doubtful, and what a computed number rests on. */
export function hintOf(side: Side | null, field: Field, { units }: Pick<Sheet, 'units'>, basis: Basis | null = null): string | null {
  const value = side?.[field] ?? null;
  const rests = side && basis && basisWords(side, field, basis);
  if (value === null) return [reasonOf(side, field), rests].filter(Boolean).join('. ');
  const wide = side?.status === 'wide' && field !== 'volume' && field !== 'open_interest';
  return [worthWords(side, field, value, units), wide && 'Bid and ask are far apart: take this with care', rests].filter(Boolean).join('. ') || null;
}

interface PaintedCell {
  element: HTMLElement;
  text: Text;
  column: Column;
  side: Side | null;
  value: number | null;
  words: CellWords;
}

interface PaintedRow {
  row: ChainRow;
  sheet: Sheet;
  cells: PaintedCell[];
}

const BLANK: CellWords = { text: '', reason: null, wide: false, late: false, share: 0 };

export class RowPainter {
  private readonly rows = new WeakMap<Element, PaintedRow>();
  private readonly cells = new WeakMap<Element, PaintedCell>();

  /** Writes a row into its element, whose children are the sheet's columns. Returns how many texts changed. */
  paint(element: HTMLElement, row: ChainRow, sheet: Sheet): number {
    let painted = this.rows.get(element);
    if (painted?.row === row && painted.sheet === sheet) return 0;
    if (painted?.sheet.columns !== sheet.columns) painted = undefined;
    const again = painted !== undefined && painted.sheet !== sheet;
    painted ??= { row, sheet, cells: this.begin(element, sheet) };
    let changed = 0;
    for (const cell of painted.cells) {
      const side = cell.column.right === 'call' ? row.call : row.put;
      if (side !== cell.side || again || cell.words === BLANK) changed += this.write(cell, side, sheet) ? 1 : 0;
    }
    painted.row = row;
    painted.sheet = sheet;
    this.rows.set(element, painted);
    return changed;
  }

  /** Whether something has been written into this row. */
  knows(element: Element): boolean {
    return this.rows.has(element);
  }

  /** What to tell of a cell of the table, or null where there is nothing to tell. */
  hintAt(cell: Element, sheet: Sheet, basis: Basis | null = null): string | null {
    const painted = this.cells.get(cell);
    return painted ? hintOf(painted.side, painted.column.field, sheet, basis) : null;
  }

  /** The option and the column that a cell shows. */
  at(cell: Element): { side: Side | null; column: Column } | null {
    return this.cells.get(cell) ?? null;
  }

  private begin(element: HTMLElement, sheet: Sheet): PaintedCell[] {
    return [...element.children].flatMap((child, index) => {
      const column = sheet.columns[index];
      if (!column) return [];
      const text = document.createTextNode('');
      child.replaceChildren(text);
      const cell: PaintedCell = { element: child as HTMLElement, text, column, side: null, value: null, words: BLANK };
      this.cells.set(child, cell);
      return [cell];
    });
  }

  private write(cell: PaintedCell, side: Side | null, sheet: Sheet): boolean {
    const { field } = cell.column;
    const { element, words: was, value: before } = cell;
    const value = side?.[field] ?? null;
    const words = wordsOf(side, field, sheet);
    cell.side = side;
    cell.value = value;
    cell.words = words;
    if (words.text !== was.text) cell.text.data = words.text;
    if (words.reason !== was.reason) tell(element, words.reason);
    if (words.wide !== was.wide) element.toggleAttribute('data-wide', words.wide);
    if (words.late !== was.late) element.toggleAttribute('data-late', words.late);
    if (words.share !== was.share) element.style.setProperty('--share', `${words.share}%`);
    const direction = was !== BLANK && FLASHING.has(field) ? directionOf(before, value) : null;
    if (direction) flash(element, direction);
    return words.text !== was.text;
  }
}

/** A number that is missing says why, to those who point at it and to those who hear the page. */
function tell(element: HTMLElement, reason: string | null): void {
  element.toggleAttribute('data-missing', reason !== null);
  if (reason === null) {
    element.removeAttribute('aria-label');
    element.removeAttribute('data-hint');
    return;
  }
  element.setAttribute('aria-label', reason);
  element.dataset.hint = reason;
}
