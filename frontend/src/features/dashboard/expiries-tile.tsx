'use client';

import { formatDate } from '@/lib/time';
import { DeskLink } from '@/ui/desk-link';
import type { Product, Underlying } from './model';
import { daysWords, expiriesAhead } from './model';
import { TileHead } from './tile';

interface ExpiriesTileProps {
  products: readonly Product[];
  underlyings: readonly Underlying[];
  /** The moment looked at, in milliseconds. */
  now: number;
}

/** Contracts and option chains that end next. */
export function ExpiriesTile({ products, underlyings, now }: ExpiriesTileProps) {
  const ahead = expiriesAhead(products, underlyings, now);
  return (
    <>
      <TileHead id="expiries" whole={{ path: '/options' }} />
      {ahead.length === 0 ? (
        <p className="text-13 text-muted">No contract with an expiry is stored.</p>
      ) : (
        <ol aria-label="Expiries ahead">
          {ahead.map(({ key, kind, symbol, of, expiry, days }) => (
            <li key={key} className="flex h-8 items-center gap-3 border-b border-line text-13 last:border-b-0">
              <DeskLink path={kind === 'future' ? '/futures' : '/options'} query={kind === 'future' ? { root: of } : { underlying: of, expiry }} className="min-w-0 truncate font-medium hover:text-accent">
                {symbol}
              </DeskLink>
              <span className="text-12 text-muted">{kind}</span>
              <span className="ml-auto whitespace-nowrap text-muted">{formatDate(expiry)}</span>
              <span className="num w-16 text-right">{daysWords(days)}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
