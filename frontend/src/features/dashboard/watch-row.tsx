'use client';

import type { DragEvent, ReactNode } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { cx } from '@/lib/cx';
import { formatCount, formatNumber, formatSigned, THIN_SPACE } from '@/lib/format';
import { kindWords, priceDecimals, writePrice } from '@/lib/quote';
import type { Clock } from '@/lib/time';
import { ageAt } from '@/lib/time';
import { Age } from '@/ui/age';
import { Change } from '@/ui/change';
import { DeskLink } from '@/ui/desk-link';
import { Flash } from '@/ui/flash';
import { Missing } from '@/ui/hint';
import { StateWord } from '@/ui/state-word';
import type { Product } from './model';
import type { Quote, WatchRow as Watched } from './watch-model';
import { pageOf, tickOf } from './watch-model';

interface WatchRowProps {
  symbol: string;
  quote: Quote | undefined;
  state: Watched['state'];
  /** The product it belongs to, for its tick. */
  product: Product | undefined;
  clock: Clock;
  /** Given while the order is being changed: another contract was dropped here. */
  drop: ((symbol: string) => void) | null;
  children?: ReactNode;
}

const CELL = 'py-1 pl-3 text-right';
const KIND = 'text/x-contract';

/** What makes a row something to drag and to drop upon. */
const dragged = (symbol: string, drop: (symbol: string) => void) => ({
  draggable: true,
  onDragStart: (event: DragEvent) => event.dataTransfer.setData(KIND, symbol),
  onDragOver: (event: DragEvent) => event.dataTransfer.types.includes(KIND) && event.preventDefault(),
  onDrop: (event: DragEvent) => {
    const other = event.dataTransfer.getData(KIND);
    if (other === '') return; // A whole tile was dropped: that is the tile's to hear.
    event.preventDefault();
    event.stopPropagation();
    drop(other);
  },
});

/** One watched contract. */
export function WatchRow({ symbol, quote, state, product, clock, drop, children }: WatchRowProps) {
  const { asOf } = useAsOf();
  const tick = tickOf(quote, product);
  const price = quote ? writePrice(quote, tick) : null;
  const side = (value: number | null | undefined) => (value == null ? <Missing reason="Nobody quotes this side" /> : formatNumber(value, priceDecimals(tick, null)));
  return (
    <tr className={cx('h-9 border-t border-line', drop && 'cursor-grab')} {...(drop ? dragged(symbol, drop) : {})}>
      <th scope="row" className="name whitespace-nowrap py-1 text-left font-semibold">
        <DeskLink path="/futures" query={pageOf(symbol, product)} className="hover:text-accent">
          {symbol}
        </DeskLink>
      </th>
      <td className={`${CELL} font-medium`} data-hint={quote ? kindWords(quote.price_kind) : undefined}>
        {quote && price !== null ? <Flash value={quote.price} text={price} /> : <Missing reason={quote ? 'No quote, trade or settlement' : 'On its way, or no source lists it'} />}
      </td>
      <td className={CELL}>
        {quote?.change_pct != null ? <Change value={quote.change_pct} text={`${formatSigned(quote.change_pct, 2)}${THIN_SPACE}%`} /> : <Missing reason="No settlement of the day before to compare with" />}
      </td>
      <td className={`${CELL} hidden sm:table-cell`}>{side(quote?.bid)}</td>
      <td className={`${CELL} hidden sm:table-cell`}>{side(quote?.ask)}</td>
      <td className={`${CELL} hidden lg:table-cell`}>{quote?.volume == null ? <Missing reason="The source reports no volume" /> : formatCount(quote.volume)}</td>
      <td className={`${CELL} whitespace-nowrap text-muted`}>
        {asOf === undefined && state !== null && state !== 'live' && <StateWord state={state} className="mr-2" />}
        <Age ageMs={ageAt(clock, quote)} receivedAt={clock.receivedAt} frozen={asOf !== undefined} />
      </td>
      {children}
    </tr>
  );
}
