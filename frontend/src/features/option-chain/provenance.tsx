'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { cx } from '@/lib/cx';
import { decimalsOfSize, formatNumber, formatPercent } from '@/lib/format';
import { isHistory } from '@/lib/history';
import { TERMS } from '@/lib/terms';
import type { Clock } from '@/lib/time';
import { formatInstant } from '@/lib/time';
import { Age } from '@/ui/age';
import { Flash } from '@/ui/flash';
import { Explained, Missing } from '@/ui/hint';
import { useZone } from '@/ui/preferences';
import { SourceTag } from '@/ui/source-tag';
import { StateWord } from '@/ui/state-word';
import type { Chain } from './model';
import { forwardWords, modelWords, rateWords } from './model';

const DELTA_WORDS: Record<Chain['delta_kind'], string> = { forward: 'per forward', spot: 'per spot', premium_adjusted: 'premium-adjusted' };

interface ProvenanceProps {
  chain: Chain;
  clock: Clock;
  /** The line is lost: what is shown is from before. */
  cut: boolean;
  isLive: boolean;
}

/** Where every number of the chain comes from: on one line, and on a phone the rest behind a button. */
export function Provenance({ chain, clock, cut, isLive }: ProvenanceProps) {
  const [zone] = useZone();
  const decimals = chain.forward === null ? 2 : Math.min(decimalsOfSize(chain.forward), 5);
  const age = (clock.serverAt ?? Date.parse(chain.as_of)) - Date.parse(chain.newest_ts);
  const past = isLive && isHistory(chain.newest_ts, clock.receivedAt);
  const [open, setOpen] = useState(false);
  const folded = cx('items-baseline gap-2 md:flex', open ? 'flex' : 'hidden');
  return (
    <dl className="flex flex-wrap items-center gap-x-5 gap-y-1 text-13" data-testid="provenance">
      <div className="flex items-baseline gap-2">
        <dt className="text-muted">
          <Explained hint={TERMS.forward}>Forward</Explained>
        </dt>
        <dd className="font-semibold">
          {chain.forward === null ? <Missing focusable reason="No future, parity pair or spot to take it from" /> : <Flash value={chain.forward} text={formatNumber(chain.forward, decimals)} className="mr-1" />}{' '}
          <span className="name font-normal text-muted">{forwardWords(chain)}</span>
        </dd>
      </div>
      <div className="flex items-baseline gap-2">
        <dt className="text-muted">
          <Explained hint={TERMS.iv}>IV at the money</Explained>
        </dt>
        <dd className="font-medium">{chain.atm_iv === null ? <Missing focusable reason="No option near the money has a volatility" /> : formatPercent(chain.atm_iv, 2)}</dd>
      </div>
      <div className={folded}>
        <dt className="text-muted">Rate</dt>
        <dd>
          {formatPercent(chain.rate, 2)} <span className="text-muted">{rateWords(chain.rate_source)}</span>
        </dd>
      </div>
      <div className={folded}>
        <dt className="text-muted">Model</dt>
        <dd>
          <span className="name">{modelWords(chain.model)}</span>{' '}
          <span className="text-muted">
            · {chain.day_count} · delta {DELTA_WORDS[chain.delta_kind]}
          </span>
        </dd>
      </div>
      <div className={folded}>
        <dt className="text-muted">Prices in</dt>
        <dd>
          {chain.price_currency ?? 'unknown'}
          {chain.price_currency !== chain.currency && <span className="text-muted"> · worth in {chain.currency} on each price</span>}
        </dd>
      </div>
      <div className={folded}>
        <dt className="text-muted">As of</dt>
        <dd>
          {formatInstant(chain.as_of, zone)} {!past && <Age ageMs={age} receivedAt={clock.receivedAt} frozen={!isLive} className="ml-1 text-12" />}
        </dd>
      </div>
      <div className="flex items-center gap-3">
        <dt className="sr-only">Source</dt>
        <dd>
          <span className="inline-flex items-center gap-3">
            {isLive && !past && <StateWord state={cut ? 'disconnected' : chain.status} />}
            <SourceTag source={chain.source} />
          </span>
        </dd>
      </div>
      <div className="md:hidden">
        <dt className="sr-only">Rate, model, unit and time</dt>
        <dd>
          <button type="button" className="inline-flex h-8 items-center gap-1 text-muted hover:text-text" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Less' : 'Rate, model, time'}
            <ChevronDown className={cx('h-4 w-4', open && 'rotate-180')} aria-hidden />
          </button>
        </dd>
      </div>
    </dl>
  );
}
