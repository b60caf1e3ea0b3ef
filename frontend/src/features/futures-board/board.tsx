'use client';

import type { CellContext, ColumnDef } from '@tanstack/react-table';
import { Inbox, SearchX } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { TERMS } from '@/lib/terms';
import type { Clock } from '@/lib/time';
import { ageAt } from '@/lib/time';
import { Age } from '@/ui/age';
import { Choose } from '@/ui/choose';
import { DataTable } from '@/ui/data-table';
import { DeskLink } from '@/ui/desk-link';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { SkeletonRows } from '@/ui/skeleton';
import { SourceTag } from '@/ui/source-tag';
import { StateWord } from '@/ui/state-word';
import { useNarrow } from '@/ui/use-narrow';
import { useQuery } from '@/ui/use-query';
import { ChangeCell, Count, CurveCell, PriceCell, ShapeCell } from './cells';
import { HistoryOnly } from './history-only';
import type { BoardRow, Sort } from './model';
import { matching, parseSort, partedByLife, queryOf, rootWidth, sectorOf, sectorsOf, SORT_VALUES, sortedForBoard, writeSort } from './model';
import { useBoard } from './use-board';

// Only phones need them.
const BoardCards = dynamic(() => import('./cards').then((module) => module.BoardCards), { loading: () => <SkeletonRows rows={10} label="Products are on their way" /> });

/** Which products are shown and in which order: kept in the address, so that a link shows the same. */
function useChosen() {
  const { query, change } = useQuery();
  const sort = query.get('sort');
  return {
    words: query.get('q') ?? '',
    sector: query.get('sector') ?? '',
    sort: useMemo(() => parseSort(sort), [sort]),
    choose: ({ words, sector, sort }: { words?: string; sector?: string; sort?: Sort | null }) =>
      change({ ...(words !== undefined && { q: words || null }), ...(sector !== undefined && { sector: sector || null }), ...(sort !== undefined && { sort: writeSort(sort) }) }),
  };
}

type Chosen = ReturnType<typeof useChosen>;

/** Every product, one row each, grouped by sector. */
export function FuturesBoard() {
  const chosen = useChosen();
  const [words, setWords] = useState(chosen.words);
  const { asOf, asked: products, items, clock } = useBoard();
  const sectors = useMemo(() => sectorsOf(items), [items]);
  const write = (text: string) => {
    setWords(text);
    chosen.choose({ words: text.trim() });
  };

  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-20 font-semibold">Futures</h1>
        <Choose label="Sector" showLabel={false} choices={[{ value: '', label: 'All sectors' }, ...withChosen(sectors, chosen.sector).map((name) => ({ value: name, label: name }))]} value={chosen.sector} onChange={(sector) => chosen.choose({ sector })} />
        <input
          type="search"
          value={words}
          onChange={(event) => write(event.target.value)}
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
          <Rows products={items} words={words} chosen={chosen} receivedAt={products.receivedAt} clock={clock} asOf={asOf} />
        </>
      )}
    </section>
  );
}

/** A sector of the address that no product has at the moment can still be seen, and left. */
const withChosen = (sectors: readonly string[], chosen: string): readonly string[] => (chosen && !sectors.includes(chosen) ? [...sectors, chosen] : sectors);

interface RowsProps {
  products: readonly BoardRow[];
  words: string;
  chosen: Chosen;
  receivedAt: number;
  clock: Clock;
  asOf: string | undefined;
}

function Rows({ products, words, chosen, receivedAt, clock, asOf }: RowsProps) {
  const { sector, sort, choose } = chosen;
  const isPast = asOf !== undefined;
  const isNarrow = useNarrow();
  const now = asOf ? Date.parse(asOf) : receivedAt;
  const rows = useMemo(() => sortedForBoard(matching(products, words)).filter((row) => !sector || sectorOf(row) === sector), [products, words, sector]);
  const { current, past } = useMemo(() => partedByLife(rows, now), [rows, now]);
  const width = rootWidth(current);
  const columns = useMemo(() => columnsOf(clock, isPast, width), [clock, isPast, width]);
  const isFiltered = words.trim() !== '' || sector !== '';
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
      {current.length > 0 && isNarrow && <BoardCards rows={current} clock={clock} isPast={isPast} sort={sort} onSort={(next) => choose({ sort: next })} />}
      {current.length > 0 && !isNarrow && (
        <DataTable
          label="Futures by sector"
          rows={current}
          columns={columns}
          rowKey={(row) => `${row.root} ${row.source}`}
          groupOf={sectorOf}
          sorting={sort ? [sort] : []}
          onSort={([first]) => choose({ sort: first ? parseSort(`${first.id}${first.desc ? '.down' : ''}`) : null })}
        />
      )}
      {past.length > 0 && <HistoryOnly key={String(current.length === 0 || isFiltered)} products={past} startOpen={current.length === 0 || isFiltered} />}
    </>
  );
}

type Cell = CellContext<BoardRow, unknown>;

function columnsOf(clock: Clock, isPast: boolean, width: string): ColumnDef<BoardRow>[] {
  return [
    {
      id: 'product',
      header: 'Product',
      accessorFn: SORT_VALUES.product,
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
      accessorFn: SORT_VALUES.front,
      meta: { align: 'left', hint: TERMS.front, className: 'hidden lg:table-cell' },
      cell: ({ row: { original: product } }: Cell) => <span className="name text-muted">{product.front?.symbol ?? '·'}</span>,
    },
    {
      id: 'price',
      header: 'Price',
      accessorFn: SORT_VALUES.price,
      meta: { hint: 'The price that counts: the middle of bid and ask, else the mark, the last trade or the settlement.' },
      cell: ({ row: { original: product } }: Cell) => <PriceCell product={product} />,
    },
    {
      id: 'change',
      header: 'Change',
      accessorFn: SORT_VALUES.change,
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
      accessorFn: SORT_VALUES.volume,
      meta: { hint: TERMS.volume },
      cell: ({ row: { original: product } }: Cell) => <Count value={product.front?.quote.volume} reason="The source reports no volume" />,
    },
    {
      id: 'oi',
      header: 'OI',
      accessorFn: SORT_VALUES.oi,
      meta: { hint: TERMS.open_interest },
      cell: ({ row: { original: product } }: Cell) => <Count value={product.front?.quote.open_interest} reason="The source reports no open interest" />,
    },
    {
      id: 'age',
      header: 'Status, age',
      accessorFn: SORT_VALUES.age,
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
      accessorFn: SORT_VALUES.source,
      meta: { align: 'left' },
      cell: ({ row: { original: product } }: Cell) => <SourceTag source={product.source} />,
    },
  ];
}
