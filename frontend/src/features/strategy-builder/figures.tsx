'use client';

import type { ReactNode } from 'react';
import { formatNumber, formatPercent } from '@/lib/format';
import { TERMS, type TermName } from '@/lib/terms';
import { Explained, Missing } from '@/ui/hint';
import type { Shifts } from './model';
import { costWords, dayWords, extremeHint, extremeWords, horizonWords, lossWords, isShifted, moneyWords, priceDecimals, writeGreek } from './model';
import type { Evaluation } from './valuation';
import { isComputedHere, profitAt } from './valuation';

const GREEKS = ['delta', 'gamma', 'vega', 'theta', 'rho'] as const satisfies readonly TermName[];

/** What it comes to: cost, the most that can be won and lost, the chance, and the Greeks of the whole. */
export function Figures({ evaluation, shifts }: { evaluation: Evaluation; shifts: Shifts }) {
  const { currency, reference } = evaluation;
  const cost = costWords(evaluation.cost, currency);
  const write = (price: number) => formatNumber(price, priceDecimals(reference?.price ?? price));
  const profit = profitNow(evaluation, shifts);
  return (
    <div className="card flex flex-col">
      <dl className="flex flex-col divide-y divide-line">
        <Figure name={cost?.label ?? 'Cost'} hint="What the premiums come to when it is opened: price times contracts times the multiplier of the specification. Futures cost nothing to open." strong>
          {cost ? <span data-figure="cost">{cost.value}</span> : <Unknown />}
        </Figure>
        <Figure name="Max profit" hint={`The most that can be won at the first expiry. ${extremeHint(evaluation.max_profit, write)}`}>
          {evaluation.max_profit ? <span data-figure="max-profit" className="text-up">{extremeWords(evaluation.max_profit, currency)}</span> : <Unknown />}
        </Figure>
        <Figure name="Max loss" hint={`The most that can be lost at the first expiry. ${extremeHint(evaluation.max_loss, write)}`}>
          {evaluation.max_loss ? <span data-figure="max-loss" className="text-down">{lossWords(evaluation.max_loss, currency)}</span> : <Unknown />}
        </Figure>
        <Figure name="Break-even" hint="The prices at the first expiry at which nothing is won or lost.">
          {evaluation.break_evens ? <span data-figure="break-evens">{evaluation.break_evens.length > 0 ? evaluation.break_evens.map(write).join(' · ') : 'None'}</span> : <Unknown />}
        </Figure>
        <Figure name="Chance of profit" hint={chanceHint(evaluation)}>
          {evaluation.probability ? <span data-figure="chance">{formatPercent(evaluation.probability.of_profit, 1)}</span> : <Missing reason="No volatility is known to reckon it from" focusable />}
        </Figure>
        <Figure name={isShifted(shifts) ? 'Profit then' : 'Profit now'} hint="What closing it at model value would bring, less what opening it cost; the sliders change price, volatility and day.">
          {profit === null ? <Unknown /> : <span data-figure="profit" className={Math.abs(profit) < 0.005 ? undefined : profit < 0 ? 'text-down' : 'text-up'}>{moneyWords(profit, currency, true)}</span>}
        </Figure>
      </dl>
      {evaluation.now && <Greeks evaluation={evaluation} />}
      {evaluation.horizon && (
        <p className="border-t border-line px-3 py-2 text-12 text-muted">
          Told for {horizonWords(evaluation)}
          {evaluation.horizon.later_legs ? ', the first expiry; later legs are then worth what their model says.' : ', when its options expire.'}
        </p>
      )}
    </div>
  );
}

/** At once where the formulas are known here, else what the server last said. */
function profitNow(evaluation: Evaluation, shifts: Shifts): number | null {
  if (!evaluation.now || !evaluation.reference) return null;
  if (!isComputedHere(evaluation)) return evaluation.now.pnl;
  return profitAt(evaluation, evaluation.reference.price * (1 + shifts.price), Math.min(shifts.days, evaluation.horizon?.days ?? 0), shifts.iv);
}

function chanceHint({ probability, as_of: asOf }: Evaluation): string {
  if (!probability) return 'How likely it ends above zero.';
  return `How likely it ends above zero by ${dayWords(asOf, probability.years * 365)}, were the price lognormal around the forward of ${formatNumber(probability.forward, 2)} with the volatility at the money, ${formatPercent(probability.vol)} a year. A model’s chance, not a promise.`;
}

function Greeks({ evaluation }: { evaluation: Evaluation }) {
  const greeks = evaluation.now?.greeks;
  if (!greeks) return null;
  return (
    <table className="w-full border-t border-line text-13">
      <caption className="sr-only">Greeks of the whole</caption>
      <thead>
        <tr className="text-12 text-muted">
          <th scope="col" className="px-3 py-1 text-left font-medium">
            Greeks
          </th>
          <th scope="col" className="px-2 py-1 text-right font-medium" data-hint="In the contract's own unit of price, as the chain tells them of one.">
            Contract
          </th>
          <th scope="col" className="px-3 py-1 text-right font-medium">
            {evaluation.currency}
          </th>
        </tr>
      </thead>
      <tbody>
        {GREEKS.map((name) => (
          <tr key={name}>
            <th scope="row" className="px-3 py-1 text-left font-normal">
              <Explained hint={TERMS[name]}>{name[0]?.toUpperCase() + name.slice(1)}</Explained>
            </th>
            <td className="px-2 py-1 text-right">{writeGreek(greeks.contract[name])}</td>
            <td className="px-3 py-1 text-right">{writeGreek(greeks.money[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figure({ name, hint, strong = false, children }: { name: string; hint: string; strong?: boolean; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3 px-3 py-2">
      <dt className="text-13 text-muted">
        <Explained hint={hint}>{name}</Explained>
      </dt>
      <dd className={strong ? 'text-right text-20 font-semibold' : 'text-right text-14 font-medium'}>{children}</dd>
    </div>
  );
}

const Unknown = () => <Missing reason="A leg has no value at this moment: the legs say why" focusable />;
