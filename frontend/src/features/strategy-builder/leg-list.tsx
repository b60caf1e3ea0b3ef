'use client';

import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { cx } from '@/lib/cx';
import { decimalsSeen, formatNumber, formatPercent, formatStrike } from '@/lib/format';
import { readOptionSymbol, type LinkLeg } from '@/lib/strategy-link';
import { formatAge, formatDay } from '@/lib/time';
import type { SetLegs } from './builder';
import { cautionOf, legWords, reasonOf, withLeg, withoutLeg } from './model';
import type { LiveSide } from './use-evaluation';
import { useLiveLegs } from './use-evaluation';
import type { EvaluatedLeg, Evaluation } from './valuation';

const SMALL = 'h-8 rounded border border-line bg-background px-1.5 text-16 text-text md:text-13';

/** Each leg a sentence whose words can be changed. */
export function LegList({ legs, evaluation, setLegs }: { legs: LinkLeg[]; evaluation: Evaluation | null; setLegs: SetLegs }) {
  const live = useLiveLegs(legs);
  return (
    <ul className="card divide-y divide-line">
      {legs.map((leg, place) => (
        <Leg key={`${place} ${leg.symbol}`} place={place} leg={leg} found={evaluation?.legs[place] ?? null} live={live.get(leg.symbol) ?? null} legs={legs} setLegs={setLegs} />
      ))}
    </ul>
  );
}

interface LegProps {
  place: number;
  leg: LinkLeg;
  found: EvaluatedLeg | null;
  live: LiveSide | null;
  legs: LinkLeg[];
  setLegs: SetLegs;
}

function Leg({ place, leg, found, live, legs, setLegs }: LegProps) {
  const set = (change: Partial<LinkLeg>) => setLegs(withLeg(legs, place, change));
  const name = legWords(leg);
  const reason = found && reasonOf(found);
  const caution = found && cautionOf(found);
  const option = readOptionSymbol(leg.symbol);
  const bought = leg.quantity > 0;
  return (
    <li data-leg={leg.symbol} data-quantity={leg.quantity} data-entry={found?.entry_price ?? ''} data-multiplier={found?.multiplier ?? ''} className="flex flex-col gap-2 px-3 py-3">
      <div className="flex items-start gap-2">
        <p className="min-w-0 flex-1 text-14 font-medium">
          {name}
          {found?.entry_price != null && <span className="num"> at {writePrice(found.entry_price, found)}</span>}
        </p>
        <button type="button" aria-label={`Take out: ${name}`} className="rounded p-1 text-muted hover:bg-raised hover:text-text" onClick={() => setLegs(withoutLeg(legs, place))}>
          <X className="icon" aria-hidden />
        </button>
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <button
          type="button"
          className={cx('control w-12 justify-center px-0 font-medium', bought ? 'text-accent' : 'text-warn')}
          aria-label={`${bought ? 'Bought' : 'Sold'}: press to ${bought ? 'sell' : 'buy'} instead`}
          onClick={() => set({ quantity: -leg.quantity })}
        >
          {bought ? 'Buy' : 'Sell'}
        </button>
        <input
          type="number"
          inputMode="numeric"
          min={1}
          max={100000}
          aria-label={`Contracts of ${name}`}
          value={Math.abs(leg.quantity)}
          onChange={(event) => Number(event.target.value) >= 1 && set({ quantity: Math.sign(leg.quantity) * Number(event.target.value) })}
          className={cx(SMALL, 'num w-11')}
        />
        {option && <Contract leg={leg} name={name} onSymbol={(symbol) => set({ symbol, price: undefined })} />}
      </div>
      <div className="flex items-center gap-2">
        <span className="text-12 text-muted" aria-hidden>
          at
        </span>
        <PriceField leg={leg} name={name} found={found} onPrice={(price) => set({ price })} />
        <p className={cx('min-w-0 flex-1 text-12', reason ? 'text-warn' : 'text-muted')} role={reason ? 'alert' : undefined}>
          {reason ?? (found && <Quote found={found} live={live} />)}
          {caution && <span className="block text-warn">{caution}</span>}
        </p>
      </div>
    </li>
  );
}

/** Strike and right of a leg, out of what is listed beside it. */
function Contract({ leg, name, onSymbol }: { leg: LinkLeg; name: string; onSymbol: (symbol: string) => void }) {
  const { asOf, every } = useAsOf();
  const option = readOptionSymbol(leg.symbol);
  const underlyings = useGet('/api/v1/options', { query: { as_of: asOf } }, { every: every(POLL_MS.slow), keep: true });
  const chain = useGet(option ? '/api/v1/options/{underlying}/chain' : null, { path: { underlying: option?.root ?? '' }, query: { expiry: option?.expiry, strikes: 'all', as_of: asOf } }, { every: every(POLL_MS.slow), keep: true });
  if (!option) return null;
  const listed = chain.state === 'ready' && chain.data.expiry === option.expiry ? chain.data.rows.map((row) => row.strike) : [];
  const strikes = listed.includes(option.strike) ? listed : [...listed, option.strike].sort((a, b) => a - b);
  const expiries = underlyings.state === 'ready' ? (underlyings.data.items.find((item) => item.underlying === option.root)?.expiries.map((each) => each.expiry) ?? []) : [];
  const symbolOf = (expiry: string, strike: number, right: string) => `${option.root}-${expiry}-${strike}-${right}`;
  return (
    <>
      <select aria-label={`Expiry of ${name}`} value={option.expiry} className={SMALL} onChange={(event) => onSymbol(symbolOf(event.target.value, option.strike, option.right))}>
        {(expiries.includes(option.expiry) ? expiries : [option.expiry, ...expiries]).map((expiry) => (
          <option key={expiry} value={expiry}>
            {formatDay(expiry)}
          </option>
        ))}
      </select>
      <select aria-label={`Strike of ${name}`} value={option.strike} className={cx(SMALL, 'num')} onChange={(event) => onSymbol(symbolOf(option.expiry, Number(event.target.value), option.right))}>
        {strikes.map((strike) => (
          <option key={strike} value={strike}>
            {formatStrike(strike)}
          </option>
        ))}
      </select>
      <button type="button" className="control px-2" aria-label={`${option.right === 'C' ? 'Call' : 'Put'}: press for the ${option.right === 'C' ? 'put' : 'call'} instead`} onClick={() => onSymbol(symbolOf(option.expiry, option.strike, option.right === 'C' ? 'P' : 'C'))}>
        {option.right === 'C' ? 'call' : 'put'}
      </button>
    </>
  );
}

/** The price a leg is opened at: the market's while the field is empty. */
function PriceField({ leg, name, found, onPrice }: { leg: LinkLeg; name: string; found: EvaluatedLeg | null; onPrice: (price: number | undefined) => void }) {
  const [text, setText] = useState(leg.price === undefined ? '' : String(leg.price));
  useEffect(() => setText(leg.price === undefined ? '' : String(leg.price)), [leg.price]);
  const commit = () => {
    const trimmed = text.trim().replace(',', '.');
    if (trimmed === '') return onPrice(undefined);
    const price = Number(trimmed);
    if (!Number.isFinite(price) || !/^-?\d{1,9}(\.\d{1,10})?$/.test(trimmed)) return setText(leg.price === undefined ? '' : String(leg.price));
    onPrice(price);
  };
  return (
    <input
      inputMode="decimal"
      aria-label={`Price of ${name}; empty takes the market's`}
      placeholder={found?.entry_price != null && leg.price === undefined ? writePrice(found.entry_price, found) : 'price'}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
      className={cx(SMALL, 'num w-20 flex-none')}
    />
  );
}

const writePrice = (price: number, leg: Pick<EvaluatedLeg, 'bid' | 'ask'>) => formatNumber(price, Math.max(2, decimalsSeen([leg.bid, leg.ask], 0, 5)));

function Quote({ found, live }: { found: EvaluatedLeg; live: LiveSide | null }) {
  const side = live ?? found;
  const write = (price: number | null) => (price === null ? '·' : writePrice(price, found));
  return (
    <span className="num">
      {write(side.bid)} bid · {write(side.ask)} ask
      {found.iv !== null && (
        <>
          {' · '}
          <span className="whitespace-nowrap">IV {formatPercent(found.iv)}</span>
        </>
      )}
      {found.quote_age_ms !== null && found.quote_age_ms > 60_000 && ` · ${formatAge(found.quote_age_ms)} old`}
    </span>
  );
}
