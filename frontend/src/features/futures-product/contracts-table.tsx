'use client';

import { useMemo } from 'react';
import { formatCount, formatNumber, formatSigned, THIN_SPACE } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import type { Clock } from '@/lib/time';
import { ageAt, formatDate } from '@/lib/time';
import { Age } from '@/ui/age';
import { Change } from '@/ui/change';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Flash } from '@/ui/flash';
import { Missing } from '@/ui/hint';
import type { Contract, ProductDetail } from './model';
import { decimalsFor, largestOpenInterest } from './model';

interface ContractsTableProps {
  product: ProductDetail;
  clock: Clock;
  isPast: boolean;
}

/** Every contract that lives, with its dates and its quote. */
export function ContractsTable({ product, clock, isPast }: ContractsTableProps) {
  const most = largestOpenInterest(product.contracts);
  const columns = useMemo(() => columnsOf(product.tick, most, clock, isPast), [product.tick, most, clock, isPast]);
  return <DataTable label={`Contracts of ${product.root}`} rows={product.contracts} columns={columns} rowKey={(row) => row.symbol} highlight={(row) => row.symbol === product.front?.symbol} />;
}

function columnsOf(tick: number | null, most: number, clock: Clock, isPast: boolean): Column<Contract>[] {
  const traded = decimalsFor(tick, 'traded');
  const middle = decimalsFor(tick, 'middle');
  const price = (value: number | null, decimals: number, reason: string) => (value === null ? <Missing reason={reason} /> : <Flash value={value} text={formatNumber(value, decimals)} />);
  return [
    { id: 'symbol', header: 'Contract', accessorFn: (row) => row.symbol, meta: { align: 'left' }, cell: ({ row }) => <span className="name font-medium">{row.original.symbol}</span> },
    { id: 'expiry', header: 'Expiry', accessorFn: (row) => row.expiry ?? '', meta: { align: 'left', hint: TERMS.expiry }, cell: ({ row }) => (row.original.expiry ? formatDate(row.original.expiry) : 'Perpetual') },
    { id: 'days', header: 'Days', accessorFn: (row) => row.days_to_expiry ?? Infinity, cell: ({ row }) => (row.original.days_to_expiry === null ? '·' : formatNumber(Math.floor(row.original.days_to_expiry))) },
    {
      id: 'notice',
      header: 'First notice',
      accessorFn: (row) => row.first_notice ?? '',
      meta: { align: 'left', hint: TERMS.first_notice },
      cell: ({ row }) => (row.original.first_notice ? formatDate(row.original.first_notice) : <Missing reason="Settled in cash: no delivery notice" />),
    },
    { id: 'bid', header: 'Bid', accessorFn: (row) => row.quote.bid ?? -Infinity, meta: { hint: TERMS.bid }, cell: ({ row }) => price(row.original.quote.bid, traded, 'No bid') },
    { id: 'ask', header: 'Ask', accessorFn: (row) => row.quote.ask ?? -Infinity, meta: { hint: TERMS.ask }, cell: ({ row }) => price(row.original.quote.ask, traded, 'No ask') },
    { id: 'last', header: 'Last', accessorFn: (row) => row.quote.last ?? -Infinity, meta: { hint: TERMS.last }, cell: ({ row }) => price(row.original.quote.last, traded, 'No trade yet') },
    {
      id: 'change',
      header: 'Change',
      accessorFn: (row) => row.quote.change_pct ?? -Infinity,
      meta: { hint: TERMS.change },
      cell: ({ row: { original } }) =>
        original.quote.change === null ? (
          <Missing reason="No settlement of the day before to compare with" />
        ) : (
          <>
            <Change value={original.quote.change} text={formatSigned(original.quote.change, middle)} />
            {original.quote.change_pct !== null && <Change value={original.quote.change_pct} text={`${formatSigned(original.quote.change_pct, 2)}${THIN_SPACE}%`} className="ml-2 inline-block min-w-[58px]" />}
          </>
        ),
    },
    {
      id: 'previous',
      header: 'Previous',
      accessorFn: (row) => row.quote.previous ?? -Infinity,
      meta: { hint: 'The price of the day before that the change is measured against.' },
      cell: ({ row: { original } }) => (original.quote.previous === null ? <Missing reason="Nothing of the day before is stored" /> : formatNumber(original.quote.previous, traded)),
    },
    { id: 'volume', header: 'Volume', accessorFn: (row) => row.quote.volume ?? -Infinity, meta: { hint: TERMS.volume }, cell: ({ row: { original } }) => (original.quote.volume === null ? <Missing reason="The source reports no volume" /> : formatCount(original.quote.volume)) },
    {
      id: 'oi',
      header: 'OI',
      accessorFn: (row) => row.quote.open_interest ?? -Infinity,
      meta: { hint: TERMS.open_interest },
      cell: ({ row: { original } }) =>
        original.quote.open_interest === null ? (
          <Missing reason="The source reports no open interest" />
        ) : (
          <span className="relative inline-flex h-5 w-28 items-center justify-end">
            <span aria-hidden className="absolute inset-y-0 right-0 rounded-sm bg-accent/20" style={{ width: `${most ? (original.quote.open_interest / most) * 100 : 0}%` }} />
            <span className="relative px-1">{formatCount(original.quote.open_interest)}</span>
          </span>
        ),
    },
    { id: 'age', header: 'Age', accessorFn: (row) => ageAt(clock, row.quote) ?? Infinity, cell: ({ row }) => <Age ageMs={ageAt(clock, row.original.quote)} receivedAt={clock.receivedAt} frozen={isPast} /> },
  ];
}
