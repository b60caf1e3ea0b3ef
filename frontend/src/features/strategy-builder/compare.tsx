'use client';

import { Columns2, X } from 'lucide-react';
import { formatNumber, formatPercent } from '@/lib/format';
import { legsText, readStrategyLink, type LinkLeg } from '@/lib/strategy-link';
import { useQuery } from '@/ui/use-query';
import type { SetLegs } from './builder';
import { costWords, extremeWords, horizonWords, lossWords, MOST_COMPARED, NO_SHIFTS, priceDecimals, strategyWords, type Entry } from './model';
import { useEvaluation } from './use-evaluation';
import type { Evaluation } from './valuation';

const SEPARATOR = '|';

/** The strategies that were set aside, as the address holds them. */
export function useAside() {
  const { query, change } = useQuery();
  const texts = (query.get('vs') ?? '').split(SEPARATOR).filter(Boolean).slice(0, MOST_COMPARED);
  const aside = texts.map(readLegs).filter((legs): legs is LinkLeg[] => legs !== null);
  const set = (next: readonly (readonly LinkLeg[])[]) => change({ vs: next.length > 0 ? next.slice(-MOST_COMPARED).map(legsText).join(SEPARATOR) : null });
  return { aside, set };
}

function readLegs(text: string): LinkLeg[] | null {
  const read = readStrategyLink({ get: (name) => (name === 'legs' ? text : null) });
  return read.kind === 'strategy' ? read.strategy.legs : null;
}

/** Keeps the present legs beside, to be compared with what comes next. */
export function SetAside({ legs }: { legs: LinkLeg[] }) {
  const { aside, set } = useAside();
  const known = aside.some((each) => legsText(each) === legsText(legs));
  return (
    <div className="flex flex-wrap items-center gap-3 text-13 text-muted">
      <button type="button" className="control" disabled={known} onClick={() => set([...aside, legs])}>
        <Columns2 className="icon" aria-hidden />
        Set this one aside
      </button>
      {aside.length === 0 ? 'Set this strategy aside, change the legs or take a template, and the two stand side by side; up to three.' : known ? 'This one stands aside; change the legs to see the difference.' : ''}
    </div>
  );
}

interface CompareProps {
  legs: LinkLeg[];
  evaluation: Evaluation | null;
  entry: Entry;
  setLegs: SetLegs;
}

/** Up to three strategies in columns. */
export function Compare({ legs, evaluation, entry, setLegs }: CompareProps) {
  const { aside, set } = useAside();
  const first = useEvaluation(aside[0] ?? [], entry, NO_SHIFTS).evaluation;
  const second = useEvaluation(aside[1] ?? [], entry, NO_SHIFTS).evaluation;
  if (aside.length === 0) return null;
  const columns = [{ name: 'This one', legs, found: evaluation }, ...aside.map((each, place) => ({ name: `Aside ${place + 1}`, legs: each, found: [first, second][place] ?? null }))];
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="card scroll-x" role="region" aria-label="Strategies side by side" tabIndex={0}>
      <table className="w-full border-separate border-spacing-0 text-13">
        <caption className="sr-only">Strategies side by side</caption>
        <thead>
          <tr>
            <th scope="col" className="cell border-b border-line text-left text-12 font-medium text-muted">
              Strategy
            </th>
            {columns.map((column, place) => (
              <th key={column.name} scope="col" className="border-b border-line px-3 py-2 text-left align-top font-medium">
                <span className="flex items-center justify-between gap-2">
                  {column.name}
                  {place > 0 && (
                    <button type="button" aria-label={`Take ${column.name} out`} className="rounded p-1 text-muted hover:bg-raised" onClick={() => set(aside.filter((_, at) => at !== place - 1))}>
                      <X className="icon" aria-hidden />
                    </button>
                  )}
                </span>
                <span className="num block max-w-[320px] text-12 font-normal text-muted">{strategyWords(column.legs)}</span>
                {place > 0 && (
                  <button type="button" className="text-12 font-normal text-accent underline underline-offset-2" onClick={() => setLegs(column.legs, 'push')}>
                    Work on this one
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.name}>
              <th scope="row" className="cell border-b border-line text-left font-normal text-muted">
                {row.name}
              </th>
              {columns.map((column) => (
                <td key={column.name} className="cell border-b border-line font-medium">
                  {column.found?.complete ? row.write(column.found) : '·'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ROWS: ReadonlyArray<{ name: string; write: (found: Evaluation) => string }> = [
  {
    name: 'Cost',
    write: (found) => {
      const cost = costWords(found.cost, found.currency);
      return cost ? `${cost.label} ${cost.value}` : '·';
    },
  },
  { name: 'Max profit', write: (found) => extremeWords(found.max_profit, found.currency) },
  { name: 'Max loss', write: (found) => lossWords(found.max_loss, found.currency) },
  { name: 'Break-even', write: (found) => found.break_evens?.map((price) => formatNumber(price, priceDecimals(found.reference?.price ?? price))).join(' · ') || 'None' },
  { name: 'Chance of profit', write: (found) => (found.probability ? formatPercent(found.probability.of_profit) : '·') },
  { name: 'Delta', write: (found) => formatNumber(found.now?.greeks.money.delta ?? 0, 2) },
  { name: 'Vega', write: (found) => formatNumber(found.now?.greeks.money.vega ?? 0, 2) },
  { name: 'Theta a day', write: (found) => formatNumber(found.now?.greeks.money.theta ?? 0, 2) },
  { name: 'Told for', write: horizonWords },
];
