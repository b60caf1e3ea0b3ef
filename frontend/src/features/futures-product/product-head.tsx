'use client';

import { formatCount, formatNumber, formatSigned, THIN_SPACE } from '@/lib/format';
import type { Clock } from '@/lib/time';
import { ageAt, formatDate } from '@/lib/time';
import { Age } from '@/ui/age';
import { Change } from '@/ui/change';
import { Flash } from '@/ui/flash';
import { SourceTag } from '@/ui/source-tag';
import { StateWord } from '@/ui/state-word';
import type { ProductDetail } from './model';
import { decimalsFor } from './model';

interface ProductHeadProps {
  product: ProductDetail;
  clock: Clock;
  /** The line is lost: what is shown is from before. */
  cut: boolean;
  isPast: boolean;
}

/** The front contract's price, large, and what one contract is. */
export function ProductHead({ product, clock, cut, isPast }: ProductHeadProps) {
  const { front, tick } = product;
  const quote = front?.quote;
  const decimals = decimalsFor(tick, quote?.price_kind === 'mid' ? 'middle' : 'traded');
  return (
    <div className="flex flex-wrap items-end gap-x-8 gap-y-3">
      <div>
        <p className="text-12 text-muted">{front ? `${front.symbol}${front.expiry ? ` · expires ${formatDate(front.expiry)}` : ''}` : 'No contract is alive'}</p>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-28 font-semibold">{quote?.price == null ? 'No price' : <Flash value={quote.price} text={formatNumber(quote.price, decimals)} />}</span>
          {quote?.change != null && <Change value={quote.change} text={formatSigned(quote.change, decimals)} className="text-16" />}
          {quote?.change_pct != null && <Change value={quote.change_pct} text={`${formatSigned(quote.change_pct, 2)}${THIN_SPACE}%`} className="text-16" />}
          {quote && <Age ageMs={ageAt(clock, quote)} receivedAt={clock.receivedAt} frozen={isPast} className="text-12" />}
          {quote && !isPast && <StateWord state={cut ? 'disconnected' : product.status} className="text-12" />}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 pb-1 text-13">
        <dl className="contents">
          <Fact name="Exchange" value={product.exchange} />
          <Fact name="Currency" value={product.currency} />
          <Fact name="Multiplier" value={product.multiplier === null ? null : formatNumber(product.multiplier, Number.isInteger(product.multiplier) ? 0 : 2)} />
          <Fact name="Tick" value={product.tick === null ? null : String(product.tick)} />
          <Fact name="Tick value" value={product.tick === null || product.multiplier === null ? null : `${formatNumber(product.tick * product.multiplier, 2)} ${product.currency ?? ''}`} />
          <Fact name="Time zone" value={product.time_zone} />
          <Fact name="Contracts" value={formatCount(product.contract_count)} />
        </dl>
        <SourceTag source={product.source} />
      </div>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string | null }) {
  return (
    <div className="flex gap-2">
      <dt className="text-muted">{name}</dt>
      <dd>{value ?? '·'}</dd>
    </div>
  );
}
