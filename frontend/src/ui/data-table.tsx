'use client';

import type { ColumnDef, RowData, SortingState } from '@tanstack/react-table';
import { flexRender, getCoreRowModel, getSortedRowModel, useReactTable } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { cx } from '@/lib/cx';

declare module '@tanstack/react-table' {
  // The two type parameters are the library's; a merged declaration has to repeat them.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData extends RowData, TValue> {
    align?: 'left' | 'right';
    hint?: string;
    unit?: string;
    className?: string;
  }
}

export type Column<Row> = ColumnDef<Row>;

interface DataTableProps<Row> {
  label: string;
  rows: Row[];
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  /** A heading row is drawn wherever this word changes; only while the order is the natural one. */
  groupOf?: (row: Row) => string;
  highlight?: (row: Row) => boolean;
  /** The order, where the page keeps it; otherwise the table keeps its own. */
  sorting?: SortingState;
  onSort?: (sorting: SortingState) => void;
}

/** Rows in columns: numbers to the right, headings that sort, a first column that stays. */
export function DataTable<Row>({ label, rows, columns, rowKey, groupOf, highlight, sorting: given, onSort }: DataTableProps<Row>) {
  const [own, setOwn] = useState<SortingState>([]);
  const sorting = given ?? own;
  const table = useReactTable({
    data: rows,
    columns,
    state: { sorting },
    onSortingChange: (change) => (onSort ?? setOwn)(typeof change === 'function' ? change(sorting) : change),
    getRowId: rowKey,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    sortDescFirst: false,
  });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const grouped = groupOf && sorting.length === 0;
  let group: string | null = null;

  return (
    // A table wider than the screen is scrolled by keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="card scroll-x" role="region" aria-label={label} tabIndex={0}>
      <table className="w-full border-separate border-spacing-0 text-13">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {headers.map((header, index) => {
              const meta = header.column.columnDef.meta;
              const sorted = header.column.getIsSorted();
              const title = (
                <>
                  {flexRender(header.column.columnDef.header, header.getContext())}
                  {meta?.unit && <span className="font-normal"> {meta.unit}</span>}
                </>
              );
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
                  className={cx('cell border-b border-line bg-surface text-12 font-medium text-muted', meta?.align === 'left' ? 'text-left' : 'text-right', index === 0 && 'sticky left-0 z-10', meta?.className)}
                >
                  {header.column.getCanSort() ? (
                    <button type="button" data-hint={meta?.hint} onClick={header.column.getToggleSortingHandler()} className={cx('inline-flex items-center gap-1 hover:text-text', meta?.hint && 'term', sorted && 'text-text')}>
                      {title}
                      {sorted === 'asc' && <ArrowUp className="h-3 w-3" aria-hidden />}
                      {sorted === 'desc' && <ArrowDown className="h-3 w-3" aria-hidden />}
                    </button>
                  ) : (
                    title
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => {
            const heading = grouped ? groupOf(row.original) : null;
            const opensGroup = heading !== null && heading !== group;
            group = heading;
            const marked = highlight?.(row.original);
            return [
              opensGroup && (
                <tr key={`group ${heading}`}>
                  <th scope="colgroup" colSpan={headers.length} className="h-8 border-b border-line bg-background px-[var(--cell-pad)] pt-1 text-left text-12 font-semibold text-muted">
                    <span className="sticky left-[var(--cell-pad)]">{heading}</span>
                  </th>
                </tr>
              ),
              <tr key={row.id} className="group">
                {row.getVisibleCells().map((cell, index) => {
                  const meta = cell.column.columnDef.meta;
                  return (
                    <td
                      key={cell.id}
                      className={cx(
                        'cell border-b border-line group-last:border-b-0 group-hover:bg-raised',
                        meta?.align === 'left' ? 'text-left' : 'text-right',
                        marked ? 'bg-raised' : 'bg-surface',
                        index === 0 && 'sticky left-0 z-10',
                        meta?.className,
                      )}
                    >
                      {flexRender(cell.column.columnDef.cell, cell.getContext())}
                    </td>
                  );
                })}
              </tr>,
            ];
          })}
        </tbody>
      </table>
    </div>
  );
}
