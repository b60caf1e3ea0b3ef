'use client';

import { useMemo } from 'react';
import { LineChart } from '@/charts/line-chart';
import { seriesColour } from '@/charts/theme';
import { formatCount, formatNumber, formatPercent, formatSigned, formatStrike } from '@/lib/format';
import { formatAge, formatDate } from '@/lib/time';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Missing } from '@/ui/hint';
import type { Analytics, ExpiryAnalytics } from './model';
import { definition, reasonWords } from './model';

/** ATM volatility over days to expiry, and what is priced between the expiries. */
export function TermChart({ analytics }: { analytics: Analytics }) {
  const series = useMemo(() => {
    const points = (read: (each: ExpiryAnalytics) => number | null) => analytics.expiries.flatMap((each) => (read(each) === null ? [] : [{ x: each.dte, y: read(each) ?? 0 }]));
    return [
      { key: 'atm', label: 'IV at the money', colour: seriesColour(0), points: points((each) => each.atm_iv) },
      { key: 'forward', label: 'between the expiries', colour: seriesColour(1), points: points((each) => each.forward_vol), dashed: true },
    ];
  }, [analytics]);
  const at = (days: number) => analytics.expiries.find((each) => each.dte === days);
  return (
    <div className="card p-4">
      <h2 className="text-14 font-semibold">Term structure of volatility</h2>
      <LineChart
        label="Term structure of volatility"
        series={series}
        height={260}
        formatX={(x) => `${formatNumber(x)} d`}
        formatY={(y) => formatPercent(y, 1)}
        xTitle="Days to expiry"
        readout={(x) => {
          const each = at(x);
          return (
            each && (
              <span>
                {formatDate(each.expiry)} {each.atm_iv === null ? '' : formatPercent(each.atm_iv, 2)}
                {each.forward_vol !== null && ` · ${formatPercent(each.forward_vol, 2)} since the one before`}
              </span>
            )
          );
        }}
      />
    </div>
  );
}

/** One row for each expiry: the twin of the charts, and where its numbers come from. */
export function ExpiryTable({ analytics, chosen }: { analytics: Analytics; chosen: string }) {
  const columns = useMemo((): Column<ExpiryAnalytics>[] => {
    const number = (id: keyof ExpiryAnalytics & string, header: string, write: (value: number) => string, formula = id as string): Column<ExpiryAnalytics> => ({
      id,
      header,
      accessorFn: (row) => row[id] ?? undefined,
      sortUndefined: 'last',
      meta: { hint: definition(analytics, formula) || undefined },
      cell: ({ row: { original } }) => {
        const value = original[id];
        return typeof value === 'number' ? write(value) : <Missing focusable reason={reasonWords(original.reasons[id])} />;
      },
    });
    const points = (value: number) => formatSigned(value * 100, 2);
    return [
      { id: 'expiry', header: 'Expiry', accessorKey: 'expiry', meta: { align: 'left' }, cell: ({ row }) => formatDate(row.original.expiry) },
      { id: 'dte', header: 'Days', accessorKey: 'dte' },
      number('atm_iv', 'ATM IV', (value) => formatPercent(value, 2)),
      number('forward_vol', 'Between', (value) => formatPercent(value, 2)),
      number('risk_reversal_25d', '25Δ RR', points),
      number('butterfly_25d', '25Δ BF', points),
      number('expected_move', 'Move ±', (value) => formatNumber(value, value < 100 ? 2 : 0)),
      number('max_pain', 'Max pain', formatStrike),
      number('put_call_oi', 'P/C open', (value) => formatNumber(value, 2)),
      number('put_call_volume', 'P/C traded', (value) => formatNumber(value, 2)),
      { id: 'oi', header: 'Open', accessorFn: (row) => row.call_oi + row.put_oi, cell: ({ row }) => formatCount(row.original.call_oi + row.original.put_oi) },
      { id: 'forward', header: 'Forward from', accessorFn: (row) => row.forward_source ?? '', meta: { align: 'left' }, cell: ({ row }) => (row.original.forward_source ?? 'none').replace('_', ' and ') },
      { id: 'rate', header: 'Rate', accessorKey: 'rate', cell: ({ row }) => `${formatPercent(row.original.rate, 2)}` },
      {
        id: 'age',
        header: 'Quotes, age',
        accessorFn: (row) => row.quote_age_ms ?? undefined,
        sortUndefined: 'last',
        meta: { hint: 'Out-of-the-money options behind the volatilities, and the middle of their ages.' },
        cell: ({ row: { original } }) => `${original.quotes_used}${original.quote_age_ms === null ? '' : `, ${formatAge(original.quote_age_ms)}`}`,
      },
    ];
  }, [analytics]);
  return <DataTable label="Analytics by expiry" rows={analytics.expiries} columns={columns} rowKey={(row) => row.expiry} highlight={(row) => row.expiry === chosen} />;
}
