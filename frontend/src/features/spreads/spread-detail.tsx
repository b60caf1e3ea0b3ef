'use client';

import { X } from 'lucide-react';
import { formatNumber, formatSigned } from '@/lib/format';
import { priceDecimals } from '@/lib/quote';
import { TERMS } from '@/lib/terms';
import type { Clock } from '@/lib/time';
import { ageAt, formatDate } from '@/lib/time';
import { Age } from '@/ui/age';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Flash } from '@/ui/flash';
import { Missing } from '@/ui/hint';
import type { Leg, Spread } from './model';
import { legTrouble, troubles } from './model';
import { SpreadPast } from './spread-past';

interface SpreadDetailProps {
  spread: Spread;
  source?: string;
  tick: number | null;
  clock: Clock;
  isPast: boolean;
  onClose: () => void;
}

/** One spread: its price, its legs and what is wrong with them, its past. */
export function SpreadDetail({ spread, source, tick, clock, isPast, onClose }: SpreadDetailProps) {
  const wrong = troubles(spread);
  const side = (value: number | null, kind: 'mid' | null) => (value === null ? <Missing reason={wrong.join('. ')} focusable /> : <Flash value={value} text={formatSigned(value, priceDecimals(tick, kind))} />);
  return (
    <section aria-label={`Spread ${spread.name}`} className="card flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
        <h2 className="name text-16 font-semibold">{spread.name}</h2>
        <span className="inline-flex gap-2 text-13 text-muted">
          Bid <span className="num text-text">{side(spread.bid, null)}</span>
        </span>
        <span className="inline-flex gap-2 text-13 text-muted">
          Middle <span className="num font-medium text-text">{side(spread.mid, 'mid')}</span>
        </span>
        <span className="inline-flex gap-2 text-13 text-muted">
          Ask <span className="num text-text">{side(spread.ask, null)}</span>
        </span>
        {spread.days !== null && <span className="text-13 text-muted">{formatNumber(Math.round(spread.days))} days between the first and the last expiry</span>}
        <button type="button" className="control ml-auto w-8 justify-center self-start px-0" aria-label={`Close ${spread.name}`} onClick={onClose}>
          <X className="icon" aria-hidden />
        </button>
      </div>
      {wrong.length > 0 && (
        <p className="text-13 text-warn">
          {wrong.join('. ')}.
        </p>
      )}
      <DataTable label={`Legs of ${spread.name}`} rows={[...spread.legs]} columns={legColumns(tick, clock, isPast)} rowKey={(leg) => leg.contract.symbol} />
      <SpreadPast spread={spread} source={source} tick={tick} />
    </section>
  );
}

function legColumns(tick: number | null, clock: Clock, isPast: boolean): Column<Leg>[] {
  const decimals = priceDecimals(tick, null);
  const price = (leg: Leg, value: number | null) => (value === null ? <Missing reason={legTrouble(leg) ?? 'Not quoted'} focusable /> : <Flash value={value} text={formatNumber(value, decimals)} />);
  return [
    { id: 'ratio', header: 'Side', enableSorting: false, meta: { align: 'left' }, cell: ({ row: { original: leg } }) => `${leg.ratio > 0 ? 'Buy' : 'Sell'} ${Math.abs(leg.ratio)}` },
    { id: 'symbol', header: 'Contract', enableSorting: false, meta: { align: 'left' }, cell: ({ row: { original: leg } }) => <span className="name font-medium">{leg.contract.symbol}</span> },
    { id: 'expiry', header: 'Expiry', enableSorting: false, meta: { align: 'left', hint: TERMS.expiry }, cell: ({ row: { original: leg } }) => (leg.contract.expiry ? formatDate(leg.contract.expiry) : '·') },
    { id: 'bid', header: 'Bid', enableSorting: false, meta: { hint: TERMS.bid }, cell: ({ row: { original: leg } }) => price(leg, leg.contract.quote.bid) },
    { id: 'ask', header: 'Ask', enableSorting: false, meta: { hint: TERMS.ask }, cell: ({ row: { original: leg } }) => price(leg, leg.contract.quote.ask) },
    { id: 'age', header: 'Age', enableSorting: false, cell: ({ row: { original: leg } }) => <Age ageMs={ageAt(clock, leg.contract.quote)} receivedAt={clock.receivedAt} frozen={isPast} /> },
  ];
}
