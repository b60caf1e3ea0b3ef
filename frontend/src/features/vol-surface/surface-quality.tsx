'use client';

import { decimalsOfSize, formatNumber, formatPercent } from '@/lib/format';
import { fitWords, statusWords, TERMS } from '@/lib/terms';
import { formatDate } from '@/lib/time';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { Missing } from '@/ui/hint';
import type { Surface, SurfaceExpiry } from './model';
import { rejections } from './model';

const FORWARDS = { future: 'future', parity: 'parity', spot_carry: 'spot and rate' } as const;

const COLUMNS: Column<SurfaceExpiry>[] = [
  { id: 'expiry', header: 'Expiry', accessorKey: 'expiry', meta: { align: 'left' }, cell: ({ row }) => formatDate(row.original.expiry) },
  { id: 'dte', header: 'Days', accessorKey: 'dte' },
  {
    id: 'forward',
    header: 'Forward',
    accessorFn: (row) => row.forward ?? undefined,
    sortUndefined: 'last',
    meta: { hint: TERMS.forward },
    cell: ({ row: { original } }) =>
      original.forward === null ? (
        <Missing focusable reason="No future, parity pair or spot to take it from" />
      ) : (
        <>
          {formatNumber(original.forward, Math.min(5, decimalsOfSize(original.forward)))} <span className="text-muted">{original.forward_source && FORWARDS[original.forward_source]}</span>
        </>
      ),
  },
  {
    id: 'atm_iv',
    header: 'ATM IV',
    accessorFn: (row) => row.atm_iv ?? undefined,
    sortUndefined: 'last',
    meta: { hint: TERMS.iv },
    cell: ({ row }) => (row.original.atm_iv === null ? <Missing focusable reason="No option near the money has a volatility" /> : formatPercent(row.original.atm_iv, 2)),
  },
  { id: 'quotes_used', header: 'Quotes', accessorKey: 'quotes_used', meta: { hint: 'Out-of-the-money options with a volatility behind this expiry.' } },
  {
    id: 'butterfly',
    header: 'Butterfly',
    accessorFn: (row) => Number(row.butterfly_arbitrage ?? -1),
    meta: { align: 'left', hint: 'Whether prices of three neighbouring strikes would let somebody profit without risk: the middle one too dear beyond all half-spreads.' },
    cell: ({ row }) => <Flag found={row.original.butterfly_arbitrage} none="Fewer than three quotes" />,
  },
  {
    id: 'calendar',
    header: 'Calendar',
    accessorFn: (row) => Number(row.calendar_arbitrage ?? -1),
    meta: { align: 'left', hint: 'Whether total variance is somewhere below that of the expiry before: time would have a negative price.' },
    cell: ({ row }) => <Flag found={row.original.calendar_arbitrage} none="The first expiry has none before it" />,
  },
];

const FIT: Column<SurfaceExpiry> = {
  id: 'fit',
  header: 'Misfit',
  accessorFn: (row) => row.fit_error ?? undefined,
  sortUndefined: 'last',
  meta: { unit: 'points', hint: 'How far the fitted curve is from the quotes: root mean square, in volatility points.' },
  cell: ({ row: { original } }) => (original.fit_error === null ? <Missing focusable reason={fitWords(original.fit_status)} /> : formatNumber(original.fit_error * 100, 3)),
};
const FITTED_COLUMNS = [...COLUMNS.slice(0, 5), FIT, ...COLUMNS.slice(5)];

/** How good the surface is: what each expiry rests on, where it allows arbitrage, which quotes were left out and why. */
export function SurfaceQuality({ surface }: { surface: Surface }) {
  const left = rejections(surface);
  return (
    <div className="flex flex-col gap-2">
      <DataTable label="What the surface rests on" rows={surface.expiries} columns={surface.surface_model === 'svi' ? FITTED_COLUMNS : COLUMNS} rowKey={(row) => row.expiry} />
      <p className="text-12 text-muted">
        {left.length === 0 ? 'No quote was left out.' : `Left out: ${left.map(({ status, count }) => `${formatNumber(count)} × ${statusWords(status).toLowerCase()}`).join('; ')}.`}
      </p>
    </div>
  );
}

function Flag({ found, none }: { found: boolean | null; none: string }) {
  if (found === null) return <Missing focusable reason={none} />;
  return found ? <span className="font-medium text-warn">▲ Arbitrage</span> : <span className="text-muted">None</span>;
}
