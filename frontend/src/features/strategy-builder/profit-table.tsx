'use client';

import { useState } from 'react';
import { cx } from '@/lib/cx';
import { formatNumber, formatSigned, formatSignedPercent } from '@/lib/format';
import { Segmented } from '@/ui/segmented';
import { dayWords, priceDecimals, tableOf } from './model';
import type { Evaluation } from './valuation';

const KINDS = [
  { value: 'money', label: 'Profit' },
  { value: 'share', label: '% of the most at risk' },
] as const;
type Kind = (typeof KINDS)[number]['value'];

/** The chart's twin: profit by price, downwards, and date, across. */
export function ProfitTable({ evaluation, currency }: { evaluation: Evaluation; currency: string | null }) {
  const [kind, setKind] = useState<Kind>('money');
  const { grid, reference } = evaluation;
  if (!grid || !reference) return <p className="text-13 text-muted">A leg has no value at this moment: the legs say why.</p>;
  const table = tableOf(grid, { prices: 17, days: 9 });
  const risk = Math.abs(evaluation.max_loss?.amount ?? 0);
  const write = (value: number) => (kind === 'share' && risk > 0 ? formatSignedPercent(value / risk, 0) : formatSigned(value, 0));
  const most = Math.max(...table.prices.flatMap((row) => row.values.map(Math.abs)), 1e-9);
  const decimals = priceDecimals(reference.price);
  const nearest = table.prices.reduce((best, row, index) => (Math.abs(row.price - reference.price) < Math.abs((table.prices[best]?.price ?? Infinity) - reference.price) ? index : best), 0);
  return (
    <div className="flex flex-col gap-3">
      {risk > 0 && !evaluation.max_loss?.unlimited && (
        <div>
          <Segmented label="Show" choices={KINDS} value={kind} onChange={setKind} />
        </div>
      )}
      {/* A table wider than the screen is scrolled by keyboard too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="card scroll-x" role="region" aria-label="Profit by price and date" tabIndex={0}>
        <table className="w-full border-separate border-spacing-0 text-13">
          <caption className="sr-only">Profit in {currency} by price and date</caption>
          <thead>
            <tr>
              <th scope="col" className="cell sticky left-0 z-10 border-b border-line bg-surface text-left text-12 font-medium text-muted">
                Price {currency}
              </th>
              <th scope="col" className="cell border-b border-line bg-surface text-right text-12 font-medium text-muted">
                Move
              </th>
              {table.days.map((day, index) => (
                <th key={day} scope="col" className="cell border-b border-line bg-surface text-right text-12 font-medium text-muted">
                  {index === table.days.length - 1 ? 'at expiry' : dayWords(evaluation.as_of, day)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.prices.map((row, index) => (
              <tr key={row.price} className={index === nearest ? 'font-semibold' : 'font-normal'}>
                <th scope="row" className={cx('cell num sticky left-0 z-10 border-b border-line bg-surface text-left', index === nearest ? 'font-semibold' : 'font-normal')}>
                  {formatNumber(row.price, decimals)}
                  {index === nearest && <span className="sr-only"> (the price now)</span>}
                </th>
                <td className="cell border-b border-line text-right text-muted">{formatSignedPercent(row.price / reference.price - 1, 1)}</td>
                {row.values.map((value, column) => (
                  <td key={table.days[column]} className="cell border-b border-line text-right" style={{ background: `rgb(var(--${value < 0 ? 'down' : 'up'}) / ${(0.24 * Math.sqrt(Math.abs(value) / most)).toFixed(3)})` }}>
                    {write(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
