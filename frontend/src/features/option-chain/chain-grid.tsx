'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import { cx } from '@/lib/cx';
import { decimalsOfStrikes, formatNumber } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import type { Clock } from '@/lib/time';
import { ageAt } from '@/lib/time';
import { Age } from '@/ui/age';
import { Flash } from '@/ui/flash';
import { useDensity } from '@/ui/preferences';
import { useGridKeys } from '@/ui/use-grid-keys';
import type { Chain, ChainRow, Column, Field, Preset, Right, Side, Writer } from './model';
import { absentFields, columnsOf, isInTheMoney, largestInterest, reasonOf, worthWords, writerOf } from './model';

const MEASURED_EVERY_MS = 2_000;
const ROW_HEIGHT = { comfortable: 34, dense: 26 } as const;
/** Prices flash; what changes only because time passes does not. */
const FLASHING: ReadonlySet<Field> = new Set<Field>(['bid', 'ask', 'last', 'mark', 'iv', 'iv_bid', 'iv_ask']);

interface ChainGridProps {
  chain: Chain;
  preset: Preset;
  /** The server's clock, where the chain is told; ages are counted from it. */
  clock: Clock | null;
  /** Changes when another chain is looked at: the money is centred again. */
  chainKey: string;
  hoveredStrike: number | null;
  onHoverStrike: (strike: number | null) => void;
}

/** Calls and puts mirrored around the strikes: a grid walked with the arrow keys, of which only the visible rows exist. */
export function ChainGrid({ chain, preset, clock, chainKey, hoveredStrike, onHoverStrike }: ChainGridProps) {
  const [density] = useDensity();
  const scroller = useRef<HTMLDivElement>(null);
  // What is measured over all rows decides how numbers are written; it need not be measured with every tick.
  const epoch = `${chainKey} ${chain.rows.length} ${Math.floor(Date.parse(chain.as_of) / MEASURED_EVERY_MS)}`;
  const measured = useMemo(
    () => ({ write: writerOf(chain.rows), most: largestInterest(chain.rows), strikeDecimals: decimalsOfStrikes(chain.rows.map((row) => row.strike)), absent: absentFields(preset, chain.rows).join(' ') }),
    // The rows are those of the epoch.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [epoch, preset],
  );
  const { write, most, strikeDecimals, absent } = measured;
  const calls = useMemo(() => columnsOf(preset, 'call', absent.split(' ') as Field[]), [preset, absent]);
  const puts = useMemo(() => columnsOf(preset, 'put', absent.split(' ') as Field[]), [preset, absent]);
  const units = useMemo(() => ({ currency: chain.currency, price_currency: chain.price_currency }), [chain.currency, chain.price_currency]);
  const atm = chain.rows.findIndex((row) => row.strike === chain.atm_strike);
  const rowHeight = ROW_HEIGHT[density];
  const virtualizer = useVirtualizer({ count: chain.rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12, scrollPaddingStart: 64 });

  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useEffect(() => {
    if (atm >= 0) virtualizer.scrollToIndex(atm, { align: 'center' });
    // Centred once for each chain, not with every tick of the money.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chainKey]);

  const reveal = useCallback((row: number) => virtualizer.scrollToIndex(row, { align: 'auto' }), [virtualizer]);
  const columnCount = calls.length + puts.length + 1;
  const onKeyDown = useGridKeys(scroller, { rows: chain.rows.length, columns: columnCount }, reveal);
  const count = (keep: (column: { small: boolean; extra: boolean }) => boolean) => puts.filter(keep).length;
  const template = { '--wide': puts.length, '--middle': count((column) => !column.extra), '--small': count((column) => column.small) } as React.CSSProperties;
  const tabRow = Math.max(0, atm);

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={`Option chain of ${chain.underlying}, ${chain.expiry}`}
      aria-rowcount={chain.rows.length + 1}
      aria-colcount={columnCount}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onPointerLeave={() => onHoverStrike(null)}
      className="chain card relative max-h-[calc(100vh-260px)] min-h-[320px] overflow-auto overscroll-contain text-13"
      style={template}
    >
      <div role="row" className="chain-row sticky top-0 z-20 border-b border-line bg-surface text-12 font-medium text-muted" style={{ height: 56 }} aria-rowindex={1}>
        <div className="chain-side-title left-0 text-accent" aria-hidden>
          Calls
        </div>
        <div className="chain-side-title right-0 text-warn" aria-hidden>
          Puts
        </div>
        {calls.map((column) => (
          <HeaderCell key={`call ${column.field}`} name={column.name} side="Call" hint={column.term ? TERMS[column.term] : undefined} room={column} />
        ))}
        <div role="columnheader" className="chain-strike flex items-end justify-center pb-2">
          <span className="term" data-hint={TERMS.strike}>
            Strike
          </span>
        </div>
        {puts.map((column) => (
          <HeaderCell key={`put ${column.field}`} name={column.name} side="Put" hint={column.term ? TERMS[column.term] : undefined} room={column} />
        ))}
      </div>
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = chain.rows[item.index];
          return (
            row && (
              <StrikeRow
                key={row.strike}
                row={row}
                index={item.index}
                top={item.start}
                height={rowHeight}
                units={units}
                calls={calls}
                puts={puts}
                clock={clock}
                write={write}
                most={most}
                strikeText={formatNumber(row.strike, strikeDecimals)}
                callInMoney={isInTheMoney('call', row.strike, chain.forward)}
                putInMoney={isInTheMoney('put', row.strike, chain.forward)}
                atTheMoney={item.index === atm}
                hovered={row.strike === hoveredStrike}
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

interface Room {
  small: boolean;
  extra: boolean;
}

/** A narrow screen leaves columns out. */
const roomClass = ({ small, extra }: Room) => cx(!small && 'chain-wide', extra && 'chain-extra');

function HeaderCell({ name, side, hint, room }: { name: string; side: string; hint?: string; room: Room }) {
  return (
    <div role="columnheader" aria-label={`${side} ${name}`} className={cx('flex items-end justify-end px-[6px] pb-2 text-right', roomClass(room))}>
      <span className={hint && 'term'} data-hint={hint}>
        {name}
      </span>
    </div>
  );
}

interface StrikeRowProps {
  row: ChainRow;
  index: number;
  top: number;
  height: number;
  units: Pick<Chain, 'currency' | 'price_currency'>;
  calls: Column[];
  puts: Column[];
  clock: Clock | null;
  write: Writer;
  most: number;
  strikeText: string;
  callInMoney: boolean;
  putInMoney: boolean;
  atTheMoney: boolean;
  hovered: boolean;
  tabStop: boolean;
  onHover: (strike: number | null) => void;
}

const StrikeRow = memo(function StrikeRow(props: StrikeRowProps) {
  const { row, index, top, height, units, calls, puts, clock, write, most, strikeText, callInMoney, putInMoney, atTheMoney, hovered, tabStop, onHover } = props;
  const cells = (right: Right, side: Side | null, inMoney: boolean, offset: number) =>
    (right === 'call' ? calls : puts).map((column, at) => (
      <Cell
        key={`${right} ${column.field}`}
        side={side}
        field={column.field}
        right={right}
        clock={clock}
        write={write}
        worth={worthWords(side, column.field, side?.[column.field] ?? null, units)}
        share={column.field === 'open_interest' && most > 0 ? (side?.open_interest ?? 0) / most : null}
        row={index}
        column={offset + at}
        tinted={inMoney}
        room={column}
      />
    ));
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      onPointerEnter={() => onHover(row.strike)}
      className={cx('chain-row absolute inset-x-0 border-b border-line', hovered && 'bg-raised', atTheMoney && 'chain-atm')}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      {cells('call', row.call, callInMoney, 0)}
      <div
        role="rowheader"
        data-row={index}
        data-column={calls.length}
        tabIndex={tabStop ? 0 : -1}
        aria-label={`Strike ${strikeText}${atTheMoney ? ', at the money' : ''}`}
        data-testid={atTheMoney ? 'at-the-money' : undefined}
        data-hint={atTheMoney ? TERMS.atm : undefined}
        className={cx('chain-strike flex items-center justify-center gap-2 font-medium', atTheMoney ? 'bg-text text-background' : 'bg-raised')}
      >
        {strikeText}
        {atTheMoney && <span className="hidden text-12 font-normal sm:inline">ATM</span>}
      </div>
      {cells('put', row.put, putInMoney, calls.length + 1)}
    </div>
  );
}, sameRow);

interface CellProps {
  side: Side | null;
  field: Field;
  right: Right;
  clock: Clock | null;
  write: Writer;
  worth: string | null;
  share: number | null;
  row: number;
  column: number;
  tinted: boolean;
  room: Room;
}

function Cell({ side, field, right, clock, write, worth, share, row, column, tinted, room }: CellProps) {
  const value = side?.[field] ?? null;
  const reason = value === null ? reasonOf(side, field) : undefined;
  const wide = value !== null && side?.status === 'wide' && field !== 'volume' && field !== 'open_interest';
  const text = value === null ? '·' : write(field, value);
  return (
    <div
      role="gridcell"
      tabIndex={-1}
      data-row={row}
      data-column={column}
      data-hint={reason ?? (([worth, wide && 'Bid and ask are far apart: take this with care'].filter(Boolean).join('. ')) || undefined)}
      aria-label={reason}
      className={cx('relative flex items-center justify-end px-[6px]', tinted && (right === 'call' ? 'bg-accent/10' : 'bg-warn/10'), roomClass(room), value === null && 'cursor-help text-muted', wide && 'italic')}
    >
      {share !== null && share > 0 && (
        <span
          aria-hidden
          className={cx('absolute inset-y-1 rounded-sm', right === 'call' ? 'right-0 bg-accent/25' : 'left-0 bg-warn/25')}
          style={{ width: `${Math.max(2, share * 100)}%` }}
        />
      )}
      {field === 'quote_age_ms' && clock && side ? (
        <Age ageMs={ageAt(clock, side)} receivedAt={clock.receivedAt} />
      ) : FLASHING.has(field) ? (
        <Flash value={value} text={text} className="relative" />
      ) : (
        <span className="relative">{text}</span>
      )}
    </div>
  );
}

/** Rows are new objects with every answer; only those whose numbers differ are drawn again. */
function sameRow(before: StrikeRowProps, after: StrikeRowProps): boolean {
  const names = Object.keys(after) as Array<keyof StrikeRowProps>;
  return names.every((name) => {
    if (name === 'row') return before.row === after.row || (sameSide(before.row.call, after.row.call) && sameSide(before.row.put, after.row.put) && before.row.strike === after.row.strike);
    if (name === 'write') return before.write === after.write || sameWriting(before, after);
    return before[name] === after[name];
  });
}

function sameSide(before: Side | null, after: Side | null): boolean {
  if (before === null || after === null) return before === after;
  return (Object.keys(after) as Array<keyof Side>).every((name) => before[name] === after[name]);
}

/** Two writers are as good as one where they write this row's numbers alike. */
function sameWriting({ write: before }: StrikeRowProps, { write: after, puts, row }: StrikeRowProps): boolean {
  return [row.call, row.put].every((side) => side === null || puts.every(({ field }) => side[field] === null || before(field, side[field]) === after(field, side[field])));
}
