'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useRef } from 'react';
import { cx } from '@/lib/cx';
import { formatNumber } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import { useDensity } from '@/ui/preferences';
import { useGridKeys } from '@/ui/use-grid-keys';
import type { Sheet } from './cells';
import type { Column, Layout } from './columns';
import type { Chain, Right } from './model';
import { isInTheMoney } from './model';
import { useCellActions } from './use-cell-actions';
import type { LegTray } from './use-legs';
import { usePainter } from './use-painter';

const ROW_HEIGHT = { comfortable: 34, dense: 26 } as const;
const LEAST_COLUMN = 56;
const OVERSCAN = 6;

interface ChainGridProps {
  chain: Chain;
  layout: Layout;
  narrow: boolean;
  /** By what the cells are written. */
  sheet: Sheet;
  strikeDecimals: number;
  /** Changes when another chain is looked at: the money is centred again. */
  chainKey: string;
  /** The strike somebody came for: scrolled to, marked and focused. */
  wantedStrike: number | null;
  tray: LegTray;
  hoveredStrike: number | null;
  onHoverStrike: (strike: number | null) => void;
}

/** Calls and puts around the strikes: a grid walked with the arrow keys, of which only the visible rows exist. */
export function ChainGrid({ chain, layout, narrow, sheet, strikeDecimals, chainKey, wantedStrike, tray, hoveredStrike, onHoverStrike }: ChainGridProps) {
  const [density] = useDensity();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { rows } = chain;
  const atm = rows.findIndex((row) => row.strike === chain.atm_strike);
  const wanted = wantedStrike === null ? -1 : rows.findIndex((row) => row.strike === wantedStrike);
  const rowHeight = ROW_HEIGHT[density];
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: OVERSCAN, scrollPaddingStart: 64 });

  const painter = usePainter(body, { rows, sheet, basis: chain, sight: virtualizer.range });

  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useEffect(() => {
    if (atm >= 0 && wanted < 0) virtualizer.scrollToIndex(atm, { align: 'center' });
    // Centred once for each chain, not with every tick of the money.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chainKey]);
  const strikePlace = layout.before.length;
  useEffect(() => {
    if (wanted < 0) return undefined;
    virtualizer.scrollToIndex(wanted, { align: 'center' });
    // The row exists once the table has been drawn at its new place.
    const timer = setTimeout(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted}"][data-column="${strikePlace}"]`)?.focus({ preventScroll: true }), 120);
    return () => clearTimeout(timer);
    // Once for each strike that is come for: later it may be scrolled away from.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chainKey, wantedStrike, wanted < 0]);
  const reveal = useCallback((row: number) => virtualizer.scrollToIndex(row, { align: 'auto' }), [virtualizer]);
  const columnCount = layout.before.length + layout.after.length + 1;
  const onKeyDown = useGridKeys(scroller, { rows: rows.length, columns: columnCount }, reveal);
  const trade = useCellActions(scroller, painter, chain, layout, reveal, tray);
  const tabRow = Math.max(0, wanted >= 0 ? wanted : atm);
  const drawn = `${chainKey} ${sheetKey(layout)}`;

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={`Option chain of ${chain.underlying}, ${chain.expiry}`}
      aria-rowcount={rows.length + 1}
      aria-colcount={columnCount}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onClick={tray.gathering ? trade : undefined}
      onDoubleClick={tray.gathering ? undefined : trade}
      onPointerLeave={() => onHoverStrike(null)}
      data-one-sided={layout.before.length === 0 || undefined}
      className="chain card relative max-h-[calc(100vh-260px)] min-h-[320px] overflow-auto overscroll-contain text-13"
      style={templateOf(layout, narrow, rowHeight)}
    >
      <Header layout={layout} />
      <div ref={body} className="chain-body" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <StrikeRow
                key={`${drawn} ${row.strike}`}
                strike={row.strike}
                index={item.index}
                top={item.start}
                layout={layout}
                strikeText={formatNumber(row.strike, strikeDecimals)}
                inMoney={isInTheMoney('call', row.strike, chain.forward) ? 'call' : isInTheMoney('put', row.strike, chain.forward) ? 'put' : null}
                atTheMoney={item.index === atm}
                hovered={row.strike === hoveredStrike}
                wanted={row.strike === wantedStrike}
                tabStop={item.index === tabRow}
                onHover={onHoverStrike}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

const sheetKey = ({ before, after }: Layout): string => `${before.map((column) => column.field).join()}|${after.map((column) => column.right + column.field).join()}`;

function templateOf({ before, after }: Layout, narrow: boolean, rowHeight: number): React.CSSProperties {
  const strike = narrow ? 84 : 104;
  const some = (count: number) => (count ? `repeat(${count}, minmax(${LEAST_COLUMN}px, 1fr)) ` : '');
  return { '--columns': `${some(before.length)}${strike}px ${some(after.length)}`, '--least': `${strike + (before.length + after.length) * LEAST_COLUMN}px`, '--row-height': `${rowHeight}px` } as React.CSSProperties;
}

const SIDE_WORDS: Record<Right, string> = { call: 'Call', put: 'Put' };

const Header = memo(function Header({ layout }: { layout: Layout }) {
  const { before, after } = layout;
  const cell = (column: Column) => (
    <div key={`${column.right} ${column.field}`} role="columnheader" aria-label={`${SIDE_WORDS[column.right]} ${column.name}`} className="flex items-end justify-end px-[6px] pb-2 text-right">
      <span className={cx(column.term && 'term')} data-hint={column.term ? TERMS[column.term] : undefined}>
        {column.name}
      </span>
    </div>
  );
  return (
    <div role="row" className="chain-row chain-head sticky top-0 z-20 border-b border-line bg-surface text-12 font-medium text-muted" aria-rowindex={1}>
      <Title right={before.length ? 'call' : (after[0]?.right ?? 'call')} className="left-0" />
      {before.length > 0 && <Title right="put" className="right-0" />}
      {before.map(cell)}
      <div role="columnheader" className="chain-strike flex items-end justify-center bg-surface pb-2">
        <span className="term" data-hint={TERMS.strike}>
          Strike
        </span>
      </div>
      {after.map(cell)}
    </div>
  );
});

function Title({ right, className }: { right: Right; className: string }) {
  return (
    <div className={cx('chain-side-title', right === 'call' ? 'text-accent' : 'text-warn', className)} aria-hidden>
      {SIDE_WORDS[right]}s
    </div>
  );
}

interface StrikeRowProps {
  strike: number;
  index: number;
  top: number;
  layout: Layout;
  strikeText: string;
  inMoney: Right | null;
  atTheMoney: boolean;
  hovered: boolean;
  wanted: boolean;
  tabStop: boolean;
  onHover: (strike: number | null) => void;
}

/** A row without its numbers: those are written into it by the painter. */
const StrikeRow = memo(function StrikeRow({ strike, index, top, layout, strikeText, inMoney, atTheMoney, hovered, wanted, tabStop, onHover }: StrikeRowProps) {
  const { before, after } = layout;
  const cell = (column: Column, at: number) => (
    <div key={`${column.right} ${column.field}`} role="gridcell" tabIndex={-1} data-row={index} data-column={at} className={cx('chain-cell', `chain-${column.right}`, column.field === 'open_interest' && 'chain-bar')} />
  );
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-money={inMoney ?? undefined}
      aria-selected={wanted || undefined}
      onPointerEnter={() => onHover(strike)}
      className={cx('chain-row chain-line', hovered && 'bg-raised', atTheMoney && 'chain-atm', wanted && 'outline outline-2 -outline-offset-2 outline-accent')}
      style={{ top }}
    >
      {before.map(cell)}
      <div
        role="rowheader"
        data-row={index}
        data-column={before.length}
        tabIndex={tabStop ? 0 : -1}
        aria-label={`Strike ${strikeText}${atTheMoney ? ', at the money' : ''}`}
        data-testid={atTheMoney ? 'at-the-money' : undefined}
        data-hint={atTheMoney ? TERMS.atm : undefined}
        className={cx('chain-strike flex items-center justify-center gap-2 font-medium', atTheMoney ? 'bg-text text-background' : 'bg-raised')}
      >
        {strikeText}
        {atTheMoney && <span className="hidden text-12 font-normal sm:inline">ATM</span>}
      </div>
      {after.map((column, at) => cell(column, before.length + 1 + at))}
    </div>
  );
});
