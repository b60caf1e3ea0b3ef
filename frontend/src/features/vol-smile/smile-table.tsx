'use client';

import { useMemo } from 'react';
import { decimalsOfStrikes, formatNumber, formatPercent, formatSigned } from '@/lib/format';
import { statusWords, TERMS } from '@/lib/terms';
import { formatAge } from '@/lib/time';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Missing } from '@/ui/hint';
import { useZone } from '@/ui/preferences';
import { lineName } from './smile-chart';
import type { SmileLine, SmileRow } from './model';
import { smileRows } from './model';

/** The chart's twin: every quoted volatility as a number, and how each has moved since an earlier moment. */
export function SmileTable({ lines, whiskers }: { lines: readonly SmileLine[]; whiskers: boolean }) {
  const [zone] = useZone();
  const rows = useMemo(() => smileRows(lines), [lines]);
  const columns = useMemo((): Column<SmileRow>[] => {
    const decimals = decimalsOfStrikes(rows.map((row) => row.strike));
    const percent = (id: string, header: string, read: (row: SmileRow) => number | null, reason: (row: SmileRow) => string): Column<SmileRow> => ({
      id,
      header,
      accessorFn: (row) => read(row) ?? undefined,
      sortUndefined: 'last',
      cell: ({ row }) => {
        const value = read(row.original);
        return value === null ? <Missing focusable reason={reason(row.original)} /> : formatPercent(value, 2);
      },
    });
    return [
      { id: 'strike', header: 'Strike', accessorKey: 'strike', cell: ({ row }) => formatNumber(row.original.strike, decimals) },
      {
        id: 'delta',
        header: 'Call delta',
        accessorFn: (row) => row.cells[0]?.delta ?? undefined,
        sortUndefined: 'last',
        meta: { hint: 'The undiscounted forward delta of the call of this strike, in the first smile.' },
        cell: ({ row }) => {
          const delta = row.original.cells[0]?.delta ?? null;
          return delta === null ? <Missing focusable reason="Not quoted in the first smile" /> : formatNumber(delta, 3);
        },
      },
      {
        id: 'age',
        header: 'Quote age',
        accessorFn: (row) => row.cells[0]?.age ?? undefined,
        sortUndefined: 'last',
        meta: { hint: TERMS.age },
        cell: ({ row }) => {
          const age = row.original.cells[0]?.age ?? null;
          return age === null ? <Missing focusable reason="Not quoted in the first smile" /> : formatAge(age);
        },
      },
      ...lines.flatMap((line, index) => {
        const name = lineName(line, zone);
        const absent = (row: SmileRow) => (row.cells[index]?.status ? statusWords(row.cells[index]?.status ?? '') : 'No option of this strike was quoted with a volatility');
        const own = [percent(`iv ${line.key}`, name, (row) => row.cells[index]?.iv ?? null, absent)];
        if (whiskers) {
          own.push(percent(`bid ${line.key}`, 'at bid', (row) => row.cells[index]?.bid ?? null, () => 'No bid to take one from'));
          own.push(percent(`ask ${line.key}`, 'at ask', (row) => row.cells[index]?.ask ?? null, () => 'No ask to take one from'));
        }
        if (line.present) {
          own.push({
            id: `change ${line.key}`,
            header: 'Since then',
            accessorFn: (row) => row.cells[index]?.change ?? undefined,
            sortUndefined: 'last',
            meta: { unit: 'points', hint: 'Volatility now less volatility then, at the same strike.' },
            cell: ({ row }) => {
              const change = row.original.cells[index]?.change ?? null;
              return change === null ? <Missing focusable reason="Not quoted at both moments" /> : formatSigned(change * 100, 2);
            },
          });
        }
        return own;
      }),
    ];
  }, [lines, rows, whiskers, zone]);
  return (
    <div className="max-h-[60vh] overflow-y-auto">
      <DataTable label="Implied volatility by strike" rows={rows} columns={columns} rowKey={(row) => String(row.strike)} />
    </div>
  );
}
