'use client';

import { ChartCandlestick } from 'lucide-react';
import { useAsOf } from '@/api/use-as-of';
import { usePreference } from '@/api/preferences';
import type { FileFormat } from '@/lib/file-address';
import { decimalsOfTick } from '@/lib/format';
import { Choose } from '@/ui/choose';
import { ExportLinks } from '@/ui/export-links';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { Segmented } from '@/ui/segmented';
import { SkeletonBlock } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import { BarsTable } from './bars-table';
import { BarsChart } from './bars-chart';
import { DepthPanel } from './depth-panel';
import type { Interval, Studies } from './model';
import { exportAddress, INTERVALS, intervalOf, parseStudies, USUAL } from './model';
import { Statistics } from './statistics';
import { StudiesMenu } from './studies-menu';
import { useBars } from './use-bars';

interface CandlesPanelProps {
  symbols: readonly string[];
  source?: string;
  tick: number | null;
}

/** The price of one contract through time. */
export function CandlesPanel({ symbols, source, tick }: CandlesPanelProps) {
  const { asOf } = useAsOf();
  const { query, change } = useQuery();
  const [studies, choose] = usePreference('candles.studies', USUAL, parseStudies);
  const interval = intervalOf(query.get('interval'));
  const asked = query.get('symbol');
  const symbol = symbols.find((each) => each === asked) ?? symbols[0];
  if (!symbol) return <Notice icon={ChartCandlestick} title="No contract is alive at this moment" />;
  return (
    <section aria-label="Candles" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Choose label="Contract" choices={symbols.map((each) => ({ value: each, label: each }))} value={symbol} onChange={(value) => change({ symbol: value })} />
        <Segmented label="Length of a candle" choices={INTERVALS} value={interval} onChange={(value) => change({ interval: value })} />
        <StudiesMenu studies={studies} onChange={choose} />
      </div>
      <Candles key={[symbol, interval, source, asOf].join(' ')} symbol={symbol} interval={interval} source={source} decimals={decimalsOfTick(tick)} studies={studies} />
      <DepthPanel symbol={symbol} />
    </section>
  );
}

interface CandlesProps {
  symbol: string;
  interval: Interval;
  source?: string;
  decimals: number;
  studies: Studies;
}

/** Made anew for another contract, length or moment: bars of two never meet. */
function Candles({ symbol, interval, source, decimals, studies }: CandlesProps) {
  const { asOf } = useAsOf();
  const { resource, bars, isLive } = useBars(symbol, interval, source);
  const file = (format: FileFormat) => exportAddress(symbol, format, { interval, source, asOf, first: bars[0]?.time, last: bars.at(-1)?.time });
  if (resource.state === 'loading' || resource.state === 'idle') return <SkeletonBlock className="h-96" label="Candles are on their way" />;
  if (resource.state === 'failed') return <Failure problem={resource.problem} retry={resource.retry} />;
  return (
    <>
      {resource.problem && <NotRenewed problem={resource.problem} retry={resource.retry} />}
      {bars.length === 0 ? (
        <Notice icon={ChartCandlestick} title="No bars of this length are stored">
          Choose another length, or another contract.
        </Notice>
      ) : (
        <>
          <BarsChart answer={resource.data} bars={bars} interval={interval} decimals={decimals} studies={studies} source={source} isLive={isLive} />
          <Statistics bars={bars} interval={interval} decimals={decimals} />
          <ExportLinks label="Bars" links={[{ form: 'CSV', href: file('csv') }, { form: 'Parquet', href: file('parquet') }]} />
          <BarsTable bars={bars} interval={interval} decimals={decimals} />
        </>
      )}
    </>
  );
}
