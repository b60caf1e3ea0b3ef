'use client';

import { useRouter } from 'next/navigation';
import type { MouseEvent, RefObject } from 'react';
import { useCallback } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { strategyHref } from '@/lib/strategy-link';
import { useShortcuts } from '@/ui/shortcuts';
import type { RowPainter } from './cells';
import type { Layout } from './columns';
import type { Chain, Right } from './model';
import { nearestDelta } from './model';
import type { LegTray } from './use-legs';
import { CHAIN_KEYS } from './use-chain-keys';

const WANTED_DELTA = 0.25;

/** Where to stand in a row to look at an option's delta: on it, else on the side's first number, else on the strike. */
function placeOf({ before, after }: Layout, right: Right): number {
  const columns = [...before, null, ...after];
  const of = (field?: string) => columns.findIndex((column) => column?.right === right && (field === undefined || column.field === field));
  return of('delta') >= 0 ? of('delta') : of() >= 0 ? of() : before.length;
}

/**
 * What can be done from the cells: `b` and `s` carry the option under the focus to the strategy builder, bought or sold,
 * as two clicks on its ask or bid do; `d` walks between the calls and the puts of 25 delta. While legs are gathered
 * they go into the tray instead, and one click is enough. Returns what to do with that click, or those two.
 */
export function useCellActions(grid: RefObject<HTMLElement>, painter: RowPainter, chain: Chain, layout: Layout, reveal: (row: number) => void, { gathering, add }: LegTray): (event: MouseEvent) => void {
  const router = useRouter();
  const { asOf } = useAsOf();
  const { underlying } = chain;
  const send = useCallback(
    (cell: Element | null, quantity: 1 | -1) => {
      const symbol = cell && painter.at(cell)?.side?.symbol;
      if (!symbol) return;
      if (gathering) {
        add({ quantity, symbol });
        return;
      }
      const address = strategyHref({ underlying, legs: [{ quantity, symbol }] });
      router.push(asOf ? `${address}&as_of=${encodeURIComponent(asOf)}` : address);
    },
    [painter, router, underlying, asOf, gathering, add],
  );
  const findDelta = () => {
    const at = document.activeElement ? painter.at(document.activeElement) : null;
    const found = (right: Right) => nearestDelta(chain.rows, right, WANTED_DELTA);
    const shown = (right: Right) => [...layout.before, ...layout.after].some((column) => column.right === right);
    const isThere = at?.column.right === 'call' && at.side !== null && at.side.symbol === chain.rows[found('call')]?.call?.symbol;
    const right: Right = !shown('call') || (isThere && shown('put')) ? 'put' : 'call';
    const row = found(right);
    if (row < 0) return;
    reveal(row);
    const place = `[data-row="${row}"][data-column="${placeOf(layout, right)}"]`;
    requestAnimationFrame(() => requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(place)?.focus({ preventScroll: true })));
  };
  const underFocus = () => (grid.current?.contains(document.activeElement) ? document.activeElement : null);
  useShortcuts(CHAIN_KEYS, [
    { keys: 'd', words: 'To the call of 25 delta, then to the put', run: findDelta },
    { keys: 'b', words: 'Buy the option under the focus: in the strategy builder, or as a leg', run: () => send(underFocus(), 1) },
    { keys: 's', words: 'Sell the option under the focus: in the strategy builder, or as a leg', run: () => send(underFocus(), -1) },
  ]);
  return useCallback(
    ({ target }: MouseEvent) => {
      const cell = target instanceof Element ? target.closest('[role=gridcell]') : null;
      const field = cell && painter.at(cell)?.column.field;
      if (field === 'ask') send(cell, 1);
      if (field === 'bid') send(cell, -1);
    },
    [painter, send],
  );
}
