import { formatNumber, formatPercent } from '@/lib/format';
import { sourceWords } from '@/lib/terms';
import { formatDate } from '@/lib/time';
import type { EvaluatedLeg, Evaluation } from './valuation';

const MODELS: Record<string, string> = {
  black76: 'Black-76',
  black_scholes_merton: 'Black-Scholes-Merton',
  bachelier: 'Bachelier',
  bjerksund_stensland_2002: 'Bjerksund-Stensland 2002',
  barone_adesi_whaley: 'Barone-Adesi-Whaley',
  binomial: 'Leisen-Reimer tree',
};

/** Where the numbers come from: one line per expiry, folded away. */
export function Provenance({ evaluation }: { evaluation: Evaluation }) {
  const options = evaluation.legs.filter((leg) => leg.kind === 'option' && leg.model !== null);
  const expiries = [...new Map(options.map((leg) => [leg.expiry, leg])).values()];
  if (expiries.length === 0) return null;
  return (
    <details className="text-12 text-muted">
      <summary className="cursor-pointer">Where the numbers come from</summary>
      <ul className="mt-2 flex flex-col gap-1">
        {expiries.map((leg) => (
          <li key={leg.expiry}>{words(leg)}</li>
        ))}
        <li>Each leg keeps its volatility when the price moves. Forwards of several expiries keep their distance.</li>
        {evaluation.exact === false && <li>A leg lives on after the first expiry: break-evens and extremes come from a search, with that leg at its model value.</li>}
        {evaluation.price_currency !== evaluation.currency && <li>Premiums in {evaluation.price_currency} are counted in {evaluation.currency} at today’s forward.</li>}
      </ul>
    </details>
  );
}

function words(leg: EvaluatedLeg): string {
  const forward = leg.forward === null ? 'no forward' : `forward ${formatNumber(leg.forward, 2)} (${(leg.forward_source ?? '').replaceAll('_', ' ')}${leg.underlying_symbol ? `, ${leg.underlying_symbol}` : ''})`;
  return `${leg.expiry ? formatDate(leg.expiry) : ''}: ${MODELS[leg.model ?? ''] ?? leg.model}, ${forward}, rate ${formatPercent(leg.rate ?? 0)} (${leg.rate_source}), ${sourceWords(leg.source ?? '')}.`;
}
