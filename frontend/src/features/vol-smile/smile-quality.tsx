'use client';

import { decimalsOfSize, formatNumber, formatPercent } from '@/lib/format';
import { fitWords, statusWords, TERMS } from '@/lib/terms';
import { formatAge } from '@/lib/time';
import { Explained, Missing } from '@/ui/hint';
import { useZone } from '@/ui/preferences';
import type { CurveKind, Smile, SmileLine } from './model';
import { isOld, leftOut } from './model';
import { lineName } from './smile-chart';

const FORWARDS = { future: 'of its future', parity: 'by put-call parity', spot_carry: 'of spot and rate' } as const;
const RATES = { parity: 'implied by the quotes', assumed: 'assumed', convention: 'by convention' } as const;
const MISFIT = 'How far the curve is from the quotes it was fitted to: root mean square, in volatility points.';
const FREE = 'Calls priced by the curve at the places drawn: would of three neighbouring strikes the middle one cost more than the two others, somebody could profit without risk.';

/** Where the numbers of each line come from: forward, rate, quotes and those left out, how well the curve fits. */
export function SmileQuality({ lines, curve }: { lines: readonly SmileLine[]; curve: CurveKind }) {
  const [zone] = useZone();
  return (
    <ul className="flex flex-col gap-1 border-t border-line pt-3 text-12 text-muted" aria-label="What the smiles rest on">
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
              <Explained hint={TERMS.rate}>Rate</Explained> {formatPercent(smile.rate, 2)} {RATES[smile.rate_source]}
            </span>
            <Quotes smile={smile} />
            {curve !== 'points' && <Fit smile={smile} />}
          </li>
        );
      })}
    </ul>
  );
}

/** How many quotes make the smile, how old they are, and why others are not among them. */
function Quotes({ smile }: { smile: Smile }) {
  const left = leftOut(smile);
  const wide = smile.points.filter((point) => point.status === 'wide').length;
  const old = smile.points.filter((point) => isOld(point, smile)).length;
  const doubts = [wide > 0 && `${formatNumber(wide)} wide`, old > 0 && `${formatNumber(old)} old`].filter(Boolean).join(', ');
  const oldest = smile.points.reduce((most, point) => Math.max(most, point.quote_age_ms), 0);
  return (
    <>
      <span>
        {formatNumber(smile.points.length)} quotes{doubts && <span className="text-warn"> ({doubts}: rings)</span>}
        {smile.points.length > 0 && <>, the oldest {formatAge(oldest)}</>}
      </span>
      <span>
        {left.length === 0 ? (
          'None left out'
        ) : (
          <Explained hint={left.map(({ status, count }) => `${formatNumber(count)} × ${statusWords(status)}`).join('. ')}>{formatNumber(smile.rejected.length)} left out</Explained>
        )}
      </span>
    </>
  );
}

/** How well the curve fits, and whether it could be traded against. */
function Fit({ smile }: { smile: Smile }) {
  const { fit_method: method, fit_status: status, fit_rmse: rmse, butterfly_arbitrage: butterfly } = smile;
  if (rmse === null) return <span className="text-warn">No curve: {fitWords(status).toLowerCase()}</span>;
  return (
    <span data-testid="smile-fit">
      {method === 'svi' ? 'SVI' : 'Smooth line'}: <Explained hint={MISFIT}>misfit</Explained> {formatNumber(rmse * 100, 3)} points,{' '}
      <Explained hint={FREE}>{butterfly ? <span className="font-medium text-warn">▲ allows a butterfly</span> : 'no butterfly'}</Explained>
    </span>
  );
}
