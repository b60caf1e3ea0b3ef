'use client';

import type { CellContext, ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { formatDate } from '@/lib/time';
import { DataTable } from '@/ui/data-table';
import { DeskLink } from '@/ui/desk-link';
import { SourceTag } from '@/ui/source-tag';
import type { Product } from './model';
import { queryOf, rootWidth, sectorOf } from './model';

type Cell = CellContext<Product, unknown>;

/** Products of which only history is stored: told in words, each with the way to its last moment. */
export function HistoryOnly({ products, startOpen }: { products: Product[]; startOpen: boolean }) {
  const columns = useMemo(() => columnsOf(rootWidth(products)), [products]);
  return (
    <details open={startOpen}>
      <summary className="w-fit cursor-pointer rounded py-2 text-14 font-medium hover:text-accent">
        History only <span className="num font-normal text-muted">({products.length})</span>
      </summary>
      <p className="pb-3 text-13 text-muted">Nothing of these is fresh now. Go to where each one ends to see it.</p>
      <DataTable label="Futures with history only" rows={products} columns={columns} rowKey={(row) => `${row.root} ${row.source}`} groupOf={sectorOf} />
    </details>
  );
}

function columnsOf(width: string): ColumnDef<Product>[] {
  return [
    {
      id: 'product',
      header: 'Product',
      accessorFn: (row) => row.root,
      meta: { align: 'left', className: 'max-w-[44vw] md:max-w-[26rem]' },
      cell: ({ row: { original: product } }: Cell) => (
        <DeskLink path="/futures" query={{ ...queryOf(product), as_of: product.last_ts }} className="flex items-baseline gap-3 hover:text-accent">
          <span className="flex-none font-semibold" style={{ minWidth: width }}>
            {product.root}
          </span>
          {product.name !== product.root && <span className="name hidden truncate text-muted md:inline">{product.name}</span>}
        </DeskLink>
      ),
    },
    {
      id: 'until',
      header: 'History',
      accessorFn: (row) => row.last_ts,
      meta: { align: 'left' },
      cell: ({ row: { original: product } }: Cell) => (
        <span className="inline-flex items-center gap-3 md:gap-4">
          until {formatDate(product.last_ts)}
          <DeskLink path="/futures" query={{ ...queryOf(product), as_of: product.last_ts }} className="text-accent underline underline-offset-2" aria-label={`Look at ${product.root} on ${formatDate(product.last_ts)}`}>
            Look there
          </DeskLink>
        </span>
      ),
    },
    {
      id: 'since',
      header: 'Since',
      accessorFn: (row) => row.first_ts,
      meta: { align: 'left', className: 'hidden md:table-cell' },
      cell: ({ row: { original: product } }: Cell) => <span className="text-muted">{formatDate(product.first_ts)}</span>,
    },
    {
      id: 'exchange',
      header: 'Exchange',
      accessorFn: (row) => row.exchange ?? '',
      meta: { align: 'left', className: 'hidden md:table-cell' },
      cell: ({ row: { original: product } }: Cell) => <span className="name text-muted">{product.exchange ?? '·'}</span>,
    },
    {
      id: 'source',
      header: 'Source',
      accessorFn: (row) => row.source,
      meta: { align: 'left' },
      cell: ({ row: { original: product } }: Cell) => <SourceTag source={product.source} />,
    },
  ];
}
