'use client';

import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { Bar } from '@/lib/bars';
import { formatCount, formatNumber, formatPercent, formatSigned, formatSignedPercent } from '@/lib/format';
import { summaryOf } from '@/lib/studies';
import { Explained } from '@/ui/hint';
import type { Interval } from './model';
import { intervalWords } from './model';
import { useBarWords } from './use-bar-words';

/** Figures of the bars that are loaded. */
export function Statistics({ bars, interval, decimals }: { bars: readonly Bar[]; interval: Interval; decimals: number }) {
  const { when } = useBarWords(interval);
  const summary = useMemo(() => summaryOf(bars), [bars]);
  const first = bars[0];
  if (!summary || !first) return null;
  return (
    <section aria-label="Statistics of these bars" className="card p-4">
      <h2 className="mb-3 text-14 font-semibold">
        These {formatCount(bars.length)} bars <span className="font-normal text-muted">since {when(first.time)}</span>
      </h2>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-13 sm:grid-cols-3 lg:grid-cols-5">
        <Figure name="High" hint="The highest price of the bars that are loaded, and when." value={formatNumber(summary.high.value, decimals)} note={when(summary.high.time)} />
        <Figure name="Low" hint="The lowest price of the bars that are loaded, and when." value={formatNumber(summary.low.value, decimals)} note={when(summary.low.time)} />
        <Figure
          name="Change"
          hint="The last close less the first open."
          value={formatSigned(summary.change, decimals)}
          note={summary.changePart === null ? undefined : formatSignedPercent(summary.changePart)}
        />
        <Figure
          name="Average volume"
          hint="The mean over the bars of which a volume is reported."
          value={summary.averageVolume === null ? 'not reported' : formatCount(Math.round(summary.averageVolume))}
          note={summary.averageVolume === null ? undefined : `in ${intervalWords(interval)}`}
        />
        <Figure
          name="Realised volatility"
          hint="√(Σ ln(close / close before)² / T), T in years of 365 days from the first bar to the last: nights and weekends count. A short span says little."
          value={summary.volatility === null ? 'too few bars' : formatPercent(summary.volatility)}
          note={summary.volatility === null ? undefined : 'a year'}
        />
      </dl>
    </section>
  );
}

function Figure({ name, hint, value, note }: { name: string; hint: string; value: ReactNode; note?: string }) {
  return (
    <div className="num flex flex-col gap-1">
      <dt className="text-12 text-muted">
        <Explained hint={hint}>{name}</Explained>
      </dt>
      <dd>
        <span className="font-medium">{value}</span> {note && <span className="block text-12 text-muted">{note}</span>}
      </dd>
    </div>
  );
}
