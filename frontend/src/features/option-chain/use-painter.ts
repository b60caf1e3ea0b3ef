'use client';

import type { RefObject } from 'react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { Sheet } from './cells';
import { RowPainter } from './cells';
import type { Basis, ChainRow } from './model';

/** A busy market changes every cell at once: so many are written before a picture, the others before the next ones. */
const CELLS_A_PICTURE = 60;

interface Written {
  rows: readonly ChainRow[];
  sheet: Sheet;
  /** What computed numbers rest on, told where one is pointed at. */
  basis: Basis;
  /** The rows in sight, first and last. */
  sight: { startIndex: number; endIndex: number } | null;
}

/** Writes the rows that `body` holds, whose elements name theirs as `data-index`, and tells what a cell means when it is pointed at. */
export function usePainter(body: RefObject<HTMLElement>, written: Written): RowPainter {
  const painter = useMemo(() => new RowPainter(), []);
  const latest = useRef(written);
  latest.current = written;
  const next = useRef({ frame: 0, from: 0 });

  const write = useCallback(() => {
    cancelAnimationFrame(next.current.frame);
    const { rows, sheet, sight } = latest.current;
    const elements = [...(body.current?.children ?? [])] as HTMLElement[];
    const { from } = next.current;
    let room = CELLS_A_PICTURE;
    let putOff: number | null = null;
    for (let step = 0; step < elements.length; step += 1) {
      const at = (from + step) % elements.length;
      const element = elements[at];
      const index = Number(element?.dataset.index);
      const row = rows[index];
      if (!element || !row) continue;
      // A row without words is written at once; one that waits out of sight keeps its words until it is scrolled into it.
      if (!painter.knows(element)) painter.paint(element, row, sheet);
      else if (sight && index >= sight.startIndex - 1 && index <= sight.endIndex + 1) {
        if (room > 0) room -= painter.paint(element, row, sheet);
        else putOff ??= at;
      }
    }
    // Who was put off comes first.
    next.current = putOff === null ? { frame: 0, from: 0 } : { frame: requestAnimationFrame(write), from: putOff };
  }, [body, painter]);
  useLayoutEffect(write);
  useEffect(() => () => cancelAnimationFrame(next.current.frame), []);
  useHints(body, painter, latest);
  return painter;
}

/** A hint is made when its cell is pointed at, not with every tick. */
function useHints(body: RefObject<HTMLElement>, painter: RowPainter, latest: RefObject<Written>): void {
  useEffect(() => {
    const node = body.current;
    const fill = ({ target }: Event) => {
      const cell = target instanceof HTMLElement ? target.closest<HTMLElement>('[role=gridcell]') : null;
      if (!cell || !latest.current) return;
      const hint = painter.hintAt(cell, latest.current.sheet, latest.current.basis);
      if (hint === null) delete cell.dataset.hint;
      else cell.dataset.hint = hint;
    };
    node?.addEventListener('pointerover', fill);
    node?.addEventListener('focusin', fill);
    return () => {
      node?.removeEventListener('pointerover', fill);
      node?.removeEventListener('focusin', fill);
    };
  }, [body, painter, latest]);
}
