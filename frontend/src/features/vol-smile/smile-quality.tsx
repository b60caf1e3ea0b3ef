'use client';

import { decimalsOfSize, formatNumber, formatPercent } from '@/lib/format';
import { TERMS } from '@/lib/terms';
import { Explained, Missing } from '@/ui/hint';
import { useZone } from '@/ui/preferences';
import type { SmileLine } from './model';
import { lineName } from './smile-chart';

const FORWARDS = { future: 'of its future', parity: 'by put-call parity', spot_carry: 'of spot and rate' } as const;
const RATES = { parity: 'implied by the quotes', assumed: 'assumed', convention: 'by convention' } as const;

/** Where the numbers of each line come from: forward, rate, quotes, misfit. */
export function SmileQuality({ lines }: { lines: readonly SmileLine[] }) {
  const [zone] = useZone();
  return (
    <ul className="flex flex-col gap-1 border-t border-line pt-3 text-12 text-muted">
      {lines.map((line) => {
        const { smile } = line;
        return (
          <li key={line.key} className="flex flex-wrap gap-x-3 gap-y-1">
            <span className="font-medium text-text">{lineName(line, zone)}</span>
            <span>
              <Explained hint={TERMS.forward}>Forward</Explained>{' '}
              {smile.forward === null ? <Missing focusable reason="No future, parity pair or spot to take it from" /> : formatNumber(smile.forward, Math.min(5, decimalsOfSize(smile.forward)))}{' '}
              {smile.forward_source && FORWARDS[smile.forward_source]}
            </span>
            <span>
              Rate {formatPercent(smile.rate, 2)} {RATES[smile.rate_source]}
            </span>
            <span>{smile.points.length} quotes</span>
            {smile.fit_rmse !== null && (
              <span>
                <Explained hint="How far the drawn line is from the quotes: root mean square, in volatility points. The line is a local quadratic fit, weighted by how near and how tight the quotes are.">Misfit</Explained> {formatNumber(smile.fit_rmse * 100, 2)} points
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
