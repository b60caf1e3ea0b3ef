'use client';

import type { ReactNode } from 'react';
import { decimalsOfSize, formatNumber, formatPercent, formatSigned, formatStrike } from '@/lib/format';
import { Explained, Missing } from '@/ui/hint';
import type { Analytics, ExpiryAnalytics } from './model';
import { definition, formatAmount, reasonWords, skewToken } from './model';

interface FiguresProps {
  analytics: Analytics;
  expiry: ExpiryAnalytics;
  rank: Analytics['iv_rank'] | null;
}

/** The numbers of one expiry and of the root, each with its definition, or with the reason why there is none. */
export function Figures({ analytics, expiry, rank }: FiguresProps) {
  const hint = (name: string) => definition(analytics, name);
  const missing = (name: string) => <Missing focusable reason={reasonWords(expiry.reasons[name])} />;
  const gex = analytics.gamma_exposure;
  const decimals = expiry.forward === null ? 2 : Math.min(5, decimalsOfSize(expiry.forward));
  const price = (value: number) => formatNumber(value, decimals);
  return (
    <dl className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6" data-testid="figures">
      <Figure name="IV at the money" hint={hint('atm_iv')} note={expiry.forward_vol === null ? reasonWords(expiry.reasons.forward_vol) : `${formatPercent(expiry.forward_vol, 2)} since the expiry before`}>
        {expiry.atm_iv === null ? missing('atm_iv') : formatPercent(expiry.atm_iv, 2)}
      </Figure>
      <Figure name="Expected move" hint={hint('expected_move')} note={expiry.expected_low === null || expiry.expected_high === null ? '' : `${price(expiry.expected_low)} to ${price(expiry.expected_high)}`}>
        {expiry.expected_move === null ? missing('expected_move') : `± ${price(expiry.expected_move)}`}
      </Figure>
      <Figure name="25Δ risk reversal" hint={`${hint('risk_reversal_25d')} Delta: ${analytics.delta_convention}.`} note={expiry.risk_reversal_25d === null ? '' : `${formatSigned(expiry.risk_reversal_25d * 100, 2)} points`}>
        {expiry.risk_reversal_25d === null ? missing('risk_reversal_25d') : skewToken(expiry.risk_reversal_25d)}
      </Figure>
      <Figure name="25Δ butterfly" hint={`${hint('butterfly_25d')} Delta: ${analytics.delta_convention}.`} note="points">
        {expiry.butterfly_25d === null ? missing('butterfly_25d') : formatSigned(expiry.butterfly_25d * 100, 2)}
      </Figure>
      <Figure name="Straddle" hint={hint('straddle')} note={expiry.straddle_strike === null ? '' : `at ${formatStrike(expiry.straddle_strike)}`}>
        {expiry.straddle === null ? missing('straddle') : price(expiry.straddle)}
      </Figure>
      <Figure name="Max pain" hint={hint('max_pain')} note={expiry.forward === null ? '' : `forward ${price(expiry.forward)}`}>
        {expiry.max_pain === null ? missing('max_pain') : formatStrike(expiry.max_pain)}
      </Figure>
      <Figure name="Puts per call, open" hint={hint('put_call_oi')} note={`${ratio(analytics.total.put_call_oi)} over all expiries`}>
        {expiry.put_call_oi === null ? missing('put_call_oi') : ratio(expiry.put_call_oi)}
      </Figure>
      <Figure name="Puts per call, traded" hint={hint('put_call_volume')} note={`${ratio(analytics.total.put_call_volume)} over all expiries`}>
        {expiry.put_call_volume === null ? missing('put_call_volume') : ratio(expiry.put_call_volume)}
      </Figure>
      <Figure name="Gamma exposure" hint={`${gex.formula[0]?.toUpperCase()}${gex.formula.slice(1)}.`} note={gex.unit_words}>
        {gex.total === null ? <Missing focusable reason={reasonWords(gex.reasons.total)} /> : formatAmount(gex.total)}
      </Figure>
      <Figure name="Exposure changes sign" hint={hint('zero_gamma')} note={gex.call_wall === null || gex.put_wall === null ? '' : `most calls ${formatStrike(gex.call_wall)}, most puts ${formatStrike(gex.put_wall)}`}>
        {gex.zero_gamma === null ? <Missing focusable reason={reasonWords(gex.reasons.zero_gamma)} /> : price(gex.zero_gamma)}
      </Figure>
      <Figure name="IV rank" hint={hint('iv_rank')} note={rank ? `${rank.days.length} of ${rank.days_asked} days stored` : 'on its way'}>
        {rank?.rank == null ? <Missing focusable reason={reasonWords(rank ? rank.reasons.rank : 'not_asked')} /> : formatPercent(rank.rank, 0)}
      </Figure>
      <Figure name="IV percentile" hint={hint('iv_percentile')} note={rank?.iv_30d == null ? '' : `${formatPercent(rank.iv_30d, 2)} at 30 days`}>
        {rank?.percentile == null ? <Missing focusable reason={reasonWords(rank ? rank.reasons.percentile : 'not_asked')} /> : formatPercent(rank.percentile, 0)}
      </Figure>
    </dl>
  );
}

const ratio = (value: number | null) => (value === null ? 'not known' : formatNumber(value, 2));

function Figure({ name, hint, note, children }: { name: string; hint: string; note: string; children: ReactNode }) {
  return (
    <div className="card min-w-0 p-3">
      <dt className="text-12 text-muted">
        <Explained hint={hint}>{name}</Explained>
      </dt>
      <dd className="truncate text-20 font-semibold">{children}</dd>
      <dd className="text-12 text-muted">{note}</dd>
    </div>
  );
}
