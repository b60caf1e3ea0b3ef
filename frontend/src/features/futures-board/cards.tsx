'use client';

import { Fragment } from 'react';
import type { Clock } from '@/lib/time';
import { ageAt } from '@/lib/time';
import { Age } from '@/ui/age';
import { Choose } from '@/ui/choose';
import { DeskLink } from '@/ui/desk-link';
import { SourceTag } from '@/ui/source-tag';
import { StateWord } from '@/ui/state-word';
import { ChangeCell, Count, PriceCell } from './cells';
import type { BoardRow, Sort } from './model';
import { parseSort, queryOf, sectorOf, sortedBy, writeSort } from './model';

/** The orders a thumb can choose; a table's headings offer the same. */
const ORDERS = [
  { value: '', label: 'By sector' },
  { value: 'product', label: 'Product, A to Z' },
  { value: 'change.down', label: 'Change, most first' },
  { value: 'change', label: 'Change, least first' },
  { value: 'volume.down', label: 'Volume, most first' },
  { value: 'oi.down', label: 'Open interest, most first' },
] as const;

interface BoardCardsProps {
  rows: readonly BoardRow[];
  clock: Clock;
  isPast: boolean;
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
}

/** The board on a phone: a card a product, its price and change to the right. */
export function BoardCards({ rows, clock, isPast, sort, onSort }: BoardCardsProps) {
  const order = writeSort(sort) ?? '';
  const ordered = sort ? sortedBy(rows, sort) : rows;
  const orders = ORDERS.some(({ value }) => value === order) ? ORDERS : [...ORDERS, { value: order, label: 'As the link says' }];
  return (
    <div className="flex flex-col gap-3">
      <Choose label="Order" choices={orders} value={order} onChange={(next) => onSort(parseSort(next))} className="self-start" />
      <ul aria-label="Futures" className="flex flex-col gap-2">
        {ordered.map((row, index) => {
          const before = ordered[index - 1];
          const opensSector = !sort && (!before || sectorOf(before) !== sectorOf(row));
          return (
            <Fragment key={`${row.root} ${row.source}`}>
              {opensSector && <li className="pt-2 text-12 font-semibold text-muted">{sectorOf(row)}</li>}
              {/* The whole card leads where its name does. */}
              <li className="card relative flex items-start justify-between gap-3 p-3">
                <span className="flex min-w-0 flex-col gap-1">
                  <DeskLink path="/futures" query={queryOf(row)} className="flex items-baseline gap-2 after:absolute after:inset-0">
                    <span className="font-semibold">{row.root}</span>
                    {row.name !== row.root && <span className="name truncate text-13 text-muted">{row.name}</span>}
                  </DeskLink>
                  <span className="flex items-center gap-2 text-12 text-muted">
                    <StateWord state={row.cut ? 'disconnected' : row.status} />
                    <Age ageMs={ageAt(clock, row.front?.quote)} receivedAt={clock.receivedAt} frozen={isPast} />
                    <SourceTag source={row.source} />
                  </span>
                </span>
                <span className="num flex flex-none flex-col items-end gap-1 text-13 text-right">
                  <span className="text-16">
                    <PriceCell product={row} />
                  </span>
                  <ChangeCell product={row} />
                  <span className="text-12 text-muted">
                    OI <Count value={row.front?.quote.open_interest} reason="The source reports no open interest" />
                  </span>
                </span>
              </li>
            </Fragment>
          );
        })}
      </ul>
    </div>
  );
}
