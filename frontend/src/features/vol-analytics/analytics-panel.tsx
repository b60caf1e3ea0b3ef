'use client';

import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { formatDate, formatInstant } from '@/lib/time';
import { Choose } from '@/ui/choose';
import { Failure, NotRenewed } from '@/ui/failure';
import { useZone } from '@/ui/preferences';
import { SkeletonBlock } from '@/ui/skeleton';
import { SourceTag } from '@/ui/source-tag';
import { useQuery } from '@/ui/use-query';
import { Figures } from './figures';
import type { GexSign, GexUnit } from './model';
import { StrikeBars } from './strike-bars';
import { ExpiryTable, TermChart } from './term-panel';

const SIGNS: ReadonlyArray<{ value: GexSign; label: string }> = [
  { value: 'calls_minus_puts', label: 'Dealers long calls, short puts' },
  { value: 'puts_minus_calls', label: 'Dealers short calls, long puts' },
  { value: 'all_short', label: 'Dealers short everything' },
  { value: 'gross', label: 'No assumption: gross' },
];
const UNITS: ReadonlyArray<{ value: GexUnit; label: string }> = [
  { value: 'percent', label: 'per 1 % move' },
  { value: 'point', label: 'per 1.00 move' },
  { value: 'dollar_gamma', label: 'gamma × price²' },
];
const RANK_DAYS = 60;

/** What the chains of a root say together: term structure, skew, pain, ratios, exposure, each with its definition. */
export function AnalyticsPanel({ underlying, source, expiry }: { underlying: string; source?: string; expiry: string }) {
  const { asOf, every } = useAsOf();
  const { query, change } = useQuery();
  const [zone] = useZone();
  const sign = SIGNS.find((each) => each.value === query.get('gex_sign'))?.value ?? 'calls_minus_puts';
  const unit = UNITS.find((each) => each.value === query.get('gex_unit'))?.value ?? 'percent';
  const path = { underlying };
  const answer = useGet('/api/v1/options/{underlying}/analytics', { path, query: { as_of: asOf, source, gex_sign: sign, gex_unit: unit, iv_days: 0 } }, { every: every(POLL_MS.curve), keep: true });
  // The days before are read from what is stored, which takes longer: the rest does not wait for it.
  const ranked = useGet('/api/v1/options/{underlying}/analytics', { path, query: { as_of: asOf, source, iv_days: RANK_DAYS } }, { every: every(POLL_MS.slow), keep: true });

  if (answer.state === 'failed') return <Failure problem={answer.problem} retry={answer.retry} />;
  if (answer.state !== 'ready') return <SkeletonBlock className="h-96" label="The analytics are on their way" />;
  const analytics = answer.data;
  const chosen = analytics.expiries.find((each) => each.expiry === expiry) ?? analytics.expiries[0];
  const rank = ranked.state === 'ready' && ranked.data.underlying === analytics.underlying ? ranked.data.iv_rank : null;
  if (!chosen) return <p className="py-12 text-center text-13 text-muted">No expiry has options at this moment.</p>;
  return (
    <section aria-label="Analytics" className="flex flex-col gap-4">
      {answer.problem && <NotRenewed problem={answer.problem} retry={answer.retry} />}
      <div className="flex flex-wrap items-center gap-3 text-13 text-muted">
        <h2 className="text-14 font-semibold text-text">{formatDate(chosen.expiry)}</h2>
        <span>as of {formatInstant(analytics.as_of, zone)}</span>
        <SourceTag source={analytics.source} />
        <span className="flex flex-wrap gap-3 md:ml-auto">
          <Choose label="Gamma exposure" choices={SIGNS} value={sign} onChange={(value) => change({ gex_sign: value === 'calls_minus_puts' ? null : value })} />
          <Choose label="Unit" showLabel={false} choices={UNITS} value={unit} onChange={(value) => change({ gex_unit: value === 'percent' ? null : value })} />
        </span>
      </div>
      <Figures analytics={analytics} expiry={chosen} rank={rank} />
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-2">
        <TermChart analytics={analytics} />
        <StrikeBars analytics={analytics} expiry={chosen} />
      </div>
      <ExpiryTable analytics={analytics} chosen={chosen.expiry} />
    </section>
  );
}
