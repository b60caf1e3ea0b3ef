'use client';

import type { CellContext, ColumnDef } from '@tanstack/react-table';
import { Inbox, SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { Spark } from '@/charts/spark';
import { formatCount, formatSigned, THIN_SPACE } from '@/lib/format';
import { kindWords, writeChange, writePrice } from '@/lib/quote';
import { TERMS } from '@/lib/terms';
import type { Clock } from '@/lib/time';
import { ageAt } from '@/lib/time';
import { Age } from '@/ui/age';
import { Change } from '@/ui/change';
import { DataTable } from '@/ui/data-table';
import { DeskLink } from '@/ui/desk-link';
import { Failure, NotRenewed } from '@/ui/failure';
import { Flash } from '@/ui/flash';
import { Missing } from '@/ui/hint';
import { Notice } from '@/ui/notice';
import { SkeletonRows } from '@/ui/skeleton';
import { SourceTag } from '@/ui/source-tag';
import { StateWord } from '@/ui/state-word';
import { HistoryOnly } from './history-only';
import type { BoardRow, Product } from './model';
import { matching, nearPrices, partedByLife, queryOf, rootWidth, sectorOf, shapeWords, sortedForBoard } from './model';
import { useBoard } from './use-board';

/** Every product, one row each, grouped by sector. */
export function FuturesBoard() {
  const [words, setWords] = useState('');
  const { asOf, asked: products, items, clock } = useBoard();

  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-20 font-semibold">Futures</h1>
        <input
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          placeholder="Filter products"
          aria-label="Filter products"
          className="control w-full placeholder:text-muted sm:w-64"
        />
      </div>
      {products.state === 'loading' && <SkeletonRows rows={10} label="Products are on their way" />}
      {products.state === 'failed' && <Failure problem={products.problem} retry={products.retry} />}
      {products.state === 'ready' && (
        <>
          {products.problem && <NotRenewed problem={products.problem} retry={products.retry} />}
          <Rows products={items} words={words} receivedAt={products.receivedAt} clock={clock} asOf={asOf} />
        </>
      )}
    </section>
  );
}

interface RowsProps {
  products: readonly BoardRow[];
  words: string;
  receivedAt: number;
  clock: Clock;
  asOf: string | undefined;
}

function Rows({ products, words, receivedAt, clock, asOf }: RowsProps) {
  const isPast = asOf !== undefined;
  const now = asOf ? Date.parse(asOf) : receivedAt;
  const rows = useMemo(() => sortedForBoard(matching(products, words)), [products, words]);
  const { current, past } = useMemo(() => partedByLife(rows, now), [rows, now]);
  const width = rootWidth(current);
  const columns = useMemo(() => columnsOf(clock, isPast, width), [clock, isPast, width]);
  if (products.length === 0) {
    return (
      <Notice icon={Inbox} title={isPast ? 'Nothing was stored by then' : 'No futures are stored yet'}>
        {isPast ? 'Look at a later moment.' : 'Import files of a venue with `tradesense import PATH`, or start with the simulated market on.'}
      </Notice>
    );
  }
  if (rows.length === 0) return <Notice icon={SearchX} title="No product by these words" />;
  return (
    <>
      {current.length > 0 && <DataTable label="Futures by sector" rows={current} columns={columns} rowKey={(row) => `${row.root} ${row.source}`} groupOf={sectorOf} />}
      {past.length > 0 && <HistoryOnly key={String(current.length === 0 || words.trim() !== '')} products={past} startOpen={current.length === 0 || words.trim() !== ''} />}
    </>
  );
}

type Cell = CellContext<BoardRow, unknown>;

function columnsOf(clock: Clock, isPast: boolean, width: string): ColumnDef<BoardRow>[] {
  return [
    {
      id: 'product',
      header: 'Product',
      accessorFn: (row) => row.root,
      meta: { align: 'left', className: 'max-w-[44vw] md:max-w-[26rem]' },
      cell: ({ row: { original: product } }: Cell) => (
        <DeskLink path="/futures" query={queryOf(product)} className="flex items-baseline gap-3 hover:text-accent">
          <span className="flex-none font-semibold" style={{ minWidth: width }}>{product.root}</span>
          {product.name !== product.root && <span className="name truncate text-muted">{product.name}</span>}
        </DeskLink>
      ),
    },
    {
      id: 'front',
      header: 'Front',
      accessorFn: (row) => row.front?.expiry ?? '',
      meta: { align: 'left', hint: TERMS.front, className: 'hidden lg:table-cell' },
      cell: ({ row: { original: product } }: Cell) => <span className="name text-muted">{product.front?.symbol ?? '·'}</span>,
    },
    {
      id: 'price',
      header: 'Price',
      accessorFn: (row) => row.front?.quote.price ?? -Infinity,
      meta: { hint: 'The price that counts: the middle of bid and ask, else the mark, the last trade or the settlement.' },
      cell: ({ row: { original: product } }: Cell) => <PriceCell product={product} />,
    },
    {
      id: 'change',
      header: 'Change',
      accessorFn: (row) => row.front?.quote.change_pct ?? -Infinity,
      meta: { hint: TERMS.change },
      cell: ({ row: { original: product } }: Cell) => <ChangeCell product={product} />,
    },
    {
      id: 'curve',
      header: 'Curve',
      enableSorting: false,
      meta: { align: 'left' },
      cell: ({ row: { original: product } }: Cell) => <CurveCell product={product} />,
    },
    {
      id: 'shape',
      header: 'Shape',
      enableSorting: false,
      meta: { align: 'left', unit: '% a year' },
      cell: ({ row: { original: product } }: Cell) => <ShapeCell product={product} />,
    },
    {
      id: 'volume',
      header: 'Volume',
      accessorFn: (row) => row.front?.quote.volume ?? -Infinity,
      meta: { hint: TERMS.volume },
      cell: ({ row: { original: product } }: Cell) => <Count value={product.front?.quote.volume} reason="The source reports no volume" />,
    },
    {
      id: 'oi',
      header: 'OI',
      accessorFn: (row) => row.front?.quote.open_interest ?? -Infinity,
      meta: { hint: TERMS.open_interest },
      cell: ({ row: { original: product } }: Cell) => <Count value={product.front?.quote.open_interest} reason="The source reports no open interest" />,
    },
    {
      id: 'status',
      header: 'Status, age',
      accessorFn: (row) => ageAt(clock, row.front?.quote) ?? Infinity,
      cell: ({ row: { original: product } }: Cell) => (
        <>
          <StateWord state={product.cut ? 'disconnected' : product.status} />
          <Age ageMs={ageAt(clock, product.front?.quote)} receivedAt={clock.receivedAt} frozen={isPast} className="inline-block min-w-12" />
        </>
      ),
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

function PriceCell({ product }: { product: Product }) {
  const quote = product.front?.quote;
  const text = quote ? writePrice(quote, product.tick) : null;
  if (!quote || text === null) return <Missing reason={product.front ? 'No quote, trade or settlement' : 'No contract is alive'} />;
  return (
    <span data-hint={kindWords(quote.price_kind)} className="font-medium">
      <Flash value={quote.price} text={text} />
    </span>
  );
}

function ChangeCell({ product }: { product: Product }) {
  const quote = product.front?.quote;
  const text = quote ? writeChange(quote, product.tick) : null;
  if (!quote || text === null) return <Missing reason="No settlement of the day before to compare with" />;
  return (
    <>
      <Change value={quote.change} text={text} className="hidden md:inline" />
      {quote.change_pct !== null && <Change value={quote.change_pct} text={`${formatSigned(quote.change_pct, 2)}${THIN_SPACE}%`} className="ml-2 inline-block min-w-[58px]" />}
    </>
  );
}

function useCurve(product: Product) {
  const { asOf, every } = useAsOf();
  return useGet('/api/v1/futures/{root}/curve', { path: { root: product.root }, query: { as_of: asOf, source: product.source } }, { every: every(POLL_MS.slow), keep: true });
}

function CurveCell({ product }: { product: Product }) {
  const curve = useCurve(product);
  if (curve.state === 'loading') return <span className="skeleton inline-block h-4 w-20 align-middle" />;
  if (curve.state !== 'ready') return <Missing reason="The curve could not be had" />;
  return <Spark values={nearPrices(curve.data)} label={`Prices of ${product.root} over the next 12 months`} />;
}

function ShapeCell({ product }: { product: Product }) {
  const curve = useCurve(product);
  if (curve.state !== 'ready') return null;
  const shape = shapeWords(curve.data);
  if (!shape) return <Missing reason="Fewer than two contracts have a price" />;
  const hint = curve.data.shape === 'contango' ? TERMS.contango : curve.data.shape === 'backwardation' ? TERMS.backwardation : 'The first two contracts cost the same.';
  return (
    <span data-hint={hint}>
      {shape.word} {shape.percent !== null && <span className="text-muted">{formatSigned(shape.percent, 1)}</span>}
    </span>
  );
}

function Count({ value, reason }: { value: number | null | undefined; reason: string }) {
  return value == null ? <Missing reason={reason} /> : <>{formatCount(value)}</>;
}
