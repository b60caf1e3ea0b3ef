'use client';

import type { KeyboardEvent, RefObject } from 'react';
import { useCallback } from 'react';

interface GridSize {
  rows: number;
  columns: number;
  page?: number;
}

export interface Place {
  row: number;
  column: number;
}

/** Where a key leads from a cell, or null when the key means nothing to a grid. */
export function placeAfter(key: string, withControl: boolean, from: Place, { rows, columns, page = 10 }: GridSize): Place | null {
  const row = (value: number) => ({ ...from, row: Math.min(rows - 1, Math.max(0, value)) });
  const column = (value: number) => ({ ...from, column: Math.min(columns - 1, Math.max(0, value)) });
  switch (key) {
    case 'ArrowDown':
      return row(from.row + 1);
    case 'ArrowUp':
      return row(from.row - 1);
    case 'ArrowRight':
      return column(from.column + 1);
    case 'ArrowLeft':
      return column(from.column - 1);
    case 'PageDown':
      return row(from.row + page);
    case 'PageUp':
      return row(from.row - page);
    case 'Home':
      return withControl ? { row: 0, column: 0 } : column(0);
    case 'End':
      return withControl ? { row: rows - 1, column: columns - 1 } : column(columns - 1);
    default:
      return null;
  }
}

/** Walks a grid whose cells carry `data-row` and `data-column`; `reveal` brings a far row into being first. */
export function useGridKeys(grid: RefObject<HTMLElement>, size: GridSize, reveal?: (row: number) => void) {
  const { rows, columns, page } = size;
  return useCallback(
    (event: KeyboardEvent) => {
      const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-row]') : null;
      if (!cell) return;
      const from = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
      const next = placeAfter(event.key, event.ctrlKey || event.metaKey, from, { rows, columns, page });
      if (!next) return;
      event.preventDefault();
      reveal?.(next.row);
      const focus = () => grid.current?.querySelector<HTMLElement>(`[data-row="${next.row}"][data-column="${next.column}"]`)?.focus({ preventScroll: Boolean(reveal) });
      if (reveal) requestAnimationFrame(() => requestAnimationFrame(focus));
      else focus();
    },
    [grid, rows, columns, page, reveal],
  );
}
