'use client';

import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { Spark } from '@/charts/spark';
import { POLL_MS } from '@/config/desk';
import { formatCount, formatSigned, THIN_SPACE } from '@/lib/format';
import { kindWords, writeChange, writePrice } from '@/lib/quote';
import { TERMS } from '@/lib/terms';
import { Change } from '@/ui/change';
import { Flash } from '@/ui/flash';
import { Missing } from '@/ui/hint';
import type { Product } from './model';
import { nearPrices, shapeWords } from './model';

export function PriceCell({ product }: { product: Product }) {
  const quote = product.front?.quote;
  const text = quote ? writePrice(quote, product.tick) : null;
  if (!quote || text === null) return <Missing reason={product.front ? 'No quote, trade or settlement' : 'No contract is alive'} />;
  return (
    <span data-hint={kindWords(quote.price_kind)} className="font-medium">
      <Flash value={quote.price} text={text} />
    </span>
  );
}

export function ChangeCell({ product }: { product: Product }) {
  const quote = product.front?.quote;
  const text = quote ? writeChange(quote, product.tick) : null;
  if (!quote || text === null) return <Missing reason="No settlement of the day before to compare with" />;
  return (
    <>
      <Change value={quote.change} text={text} className="hidden md:inline" />
      {quote.change_pct !== null && <Change value={quote.change_pct} text={`${formatSigned(quote.change_pct, 2)}${THIN_SPACE}%`} className="ml-2 inline-block min-w-[58px]" />}
    </>
  );
}

function useCurve(product: Product) {
  const { asOf, every } = useAsOf();
  return useGet('/api/v1/futures/{root}/curve', { path: { root: product.root }, query: { as_of: asOf, source: product.source } }, { every: every(POLL_MS.slow), keep: true });
}

export function CurveCell({ product }: { product: Product }) {
  const curve = useCurve(product);
  if (curve.state === 'loading') return <span className="skeleton inline-block h-4 w-20 align-middle" />;
  if (curve.state !== 'ready') return <Missing reason="The curve could not be had" />;
  return <Spark values={nearPrices(curve.data)} label={`Prices of ${product.root} over the next 12 months`} />;
}

export function ShapeCell({ product }: { product: Product }) {
  const curve = useCurve(product);
  if (curve.state !== 'ready') return null;
  const shape = shapeWords(curve.data);
  if (!shape) return <Missing reason="Fewer than two contracts have a price" />;
  const hint = curve.data.shape === 'contango' ? TERMS.contango : curve.data.shape === 'backwardation' ? TERMS.backwardation : 'The first two contracts cost the same.';
  return (
    <span data-hint={hint}>
      {shape.word} {shape.percent !== null && <span className="text-muted">{formatSigned(shape.percent, 1)}</span>}
    </span>
  );
}

export function Count({ value, reason }: { value: number | null | undefined; reason: string }) {
  return value == null ? <Missing reason={reason} /> : <>{formatCount(value)}</>;
}
