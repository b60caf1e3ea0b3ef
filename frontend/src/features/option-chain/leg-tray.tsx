'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useAsOf } from '@/api/use-as-of';
import { strategyHref } from '@/lib/strategy-link';
import { legWords } from './legs';
import type { LegTray } from './use-legs';

/** The legs gathered so far, each to be taken out again, and the way to the builder with all of them. */
export function Tray({ tray, underlying }: { tray: LegTray; underlying: string }) {
  const { asOf } = useAsOf();
  const { gathering, legs } = tray;
  if (!gathering && legs.length === 0) return null;
  const year = asOf ? new Date(asOf).getUTCFullYear() : new Date().getUTCFullYear();
  const address = strategyHref({ underlying, legs: [...legs] });
  return (
    <div role="group" aria-label="Legs gathered" data-testid="leg-tray" className="card flex flex-wrap items-center gap-2 px-3 py-2 text-13">
      <span aria-live="polite" className="font-medium">
        {legs.length === 1 ? '1 leg' : `${legs.length} legs`}
      </span>
      {legs.length === 0 && <span className="text-muted">Press an ask to buy, a bid to sell; or b and s on the option under the focus.</span>}
      {legs.map((leg) => (
        <button key={leg.symbol} type="button" onClick={() => tray.remove(leg.symbol)} aria-label={`Take out ${legWords(leg, year)}`} className="inline-flex h-7 items-center gap-1 rounded border border-line bg-raised px-2 text-12">
          {legWords(leg, year)}
          <X className="h-3 w-3 text-muted" aria-hidden />
        </button>
      ))}
      {legs.length > 0 && (
        <span className="ml-auto inline-flex items-center gap-3">
          <button type="button" className="text-muted hover:text-text" onClick={tray.clear}>
            Clear
          </button>
          <Link href={asOf ? `${address}&as_of=${encodeURIComponent(asOf)}` : address} className="control border-accent">
            Build strategy
          </Link>
        </span>
      )}
    </div>
  );
}
