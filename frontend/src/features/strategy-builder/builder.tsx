'use client';

import { Repeat2, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import type { Answer } from '@/api/client';
import { useAsOf } from '@/api/use-as-of';
import { legsText, strategyHref, type LinkLeg } from '@/lib/strategy-link';
import { Choose } from '@/ui/choose';
import { CopyButton } from '@/ui/copy-button';
import { Failure, NotRenewed } from '@/ui/failure';
import { Segmented } from '@/ui/segmented';
import { SkeletonBlock } from '@/ui/skeleton';
import { TabBar } from '@/ui/tab-bar';
import { useQuery } from '@/ui/use-query';
import { AddLeg } from './add-leg';
import { Compare, SetAside } from './compare';
import { EmptyStrategy } from './empty-strategy';
import { Figures } from './figures';
import { LegList } from './leg-list';
import type { Entry, Shifts } from './model';
import { ENTRIES, NO_SHIFTS, turned } from './model';
import { ProfitTable } from './profit-table';
import { Provenance } from './provenance';
import { SavedStrategies } from './saved';
import { Sliders } from './sliders';
import { TemplatePicker } from './template-picker';
import { useEvaluation } from './use-evaluation';

export type Underlying = Answer<'/api/v1/options'>['items'][number];

const PayoffChart = dynamic(() => import('./payoff-chart').then((module) => module.PayoffChart), {
  ssr: false,
  loading: () => <SkeletonBlock className="h-[360px]" label="The payoff is on its way" />,
});

interface BuilderProps {
  items: readonly Underlying[];
  chosen: Underlying;
  legs: LinkLeg[];
}

/** Legs on the left, the payoff in the middle, what it comes to on the right. */
export function Builder({ items, chosen, legs }: BuilderProps) {
  const { change } = useQuery();
  const setLegs = (next: readonly LinkLeg[], how: 'push' | 'replace' = 'replace') => change({ underlying: chosen.underlying, legs: next.length > 0 ? legsText(next) : null }, how);
  return (
    <div className="flex flex-col gap-4">
      <Head items={items} chosen={chosen} legs={legs} setLegs={setLegs} />
      {legs.length === 0 ? <EmptyStrategy chosen={chosen} setLegs={setLegs} /> : <Strategy key={chosen.underlying} chosen={chosen} legs={legs} setLegs={setLegs} />}
    </div>
  );
}

export type SetLegs = (legs: readonly LinkLeg[], how?: 'push' | 'replace') => void;

function Head({ items, chosen, legs, setLegs }: BuilderProps & { setLegs: SetLegs }) {
  const { query, change } = useQuery();
  const entry = entryOf(query.get('at'));
  const link = typeof window === 'undefined' ? '' : window.location.origin + strategyHref({ underlying: chosen.underlying, legs });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <h1 className="text-20 font-semibold">Strategy</h1>
      <Choose
        label="Underlying"
        showLabel={false}
        choices={items.map((item) => ({ value: item.underlying, label: item.underlying }))}
        value={chosen.underlying}
        onChange={(value) => change({ underlying: value, legs: null, vs: null, saved: null }, 'push')}
      />
      <TemplatePicker chosen={chosen} setLegs={setLegs} />
      {legs.length > 0 && (
        <>
          <Segmented label="Opened at" choices={ENTRIES} value={entry} onChange={(value) => change({ at: value === 'mark' ? null : value })} />
          <button type="button" className="control" onClick={() => setLegs(turned(legs))} data-hint="Bought becomes sold and sold becomes bought.">
            <Repeat2 className="icon" aria-hidden />
            Turn round
          </button>
          <CopyButton text={link} label="Copy a link that rebuilds this strategy" words="Copy link" />
          <button type="button" className="control" onClick={() => change({ legs: null, saved: null }, 'push')}>
            <Trash2 className="icon" aria-hidden />
            Clear
          </button>
        </>
      )}
    </div>
  );
}

const entryOf = (word: string | null): Entry => ENTRIES.find((each) => each.value === word)?.value ?? 'mark';

const VIEWS = ['table', 'compare', 'saved'] as const;

function Strategy({ chosen, legs, setLegs }: { chosen: Underlying; legs: LinkLeg[]; setLegs: SetLegs }) {
  const { query, change } = useQuery();
  const { asOf } = useAsOf();
  const [shifts, setShifts] = useState<Shifts>(NO_SHIFTS);
  const entry = entryOf(query.get('at'));
  const { evaluation, problem, retry } = useEvaluation(legs, entry, shifts);
  const view = VIEWS.find((each) => each === query.get('view')) ?? 'table';
  const money = useMemo(() => evaluation?.currency ?? chosen.currency, [evaluation?.currency, chosen.currency]);
  return (
    <>
      {problem && evaluation && <NotRenewed problem={problem} retry={retry} />}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_260px] xl:grid-cols-[340px_minmax(0,1fr)_260px]">
        <section aria-label="Legs" className="flex min-w-0 flex-col gap-3 lg:col-span-2 xl:col-span-1">
          <LegList legs={legs} evaluation={evaluation} setLegs={setLegs} />
          <AddLeg chosen={chosen} legs={legs} setLegs={setLegs} />
          {evaluation && <Provenance evaluation={evaluation} />}
        </section>
        <section aria-label="Payoff" className="flex min-w-0 flex-col gap-3">
          {problem && !evaluation && <Failure problem={problem} retry={retry} />}
          {!problem && !evaluation && <SkeletonBlock className="h-[440px]" label="The payoff is on its way" />}
          {evaluation && (evaluation.complete ? <PayoffChart evaluation={evaluation} shifts={shifts} /> : <Incomplete />)}
          {evaluation?.complete && <Sliders evaluation={evaluation} shifts={shifts} onChange={setShifts} />}
        </section>
        <section aria-label="Figures" className="min-w-0">{evaluation ? <Figures evaluation={evaluation} shifts={shifts} /> : <SkeletonBlock className="h-[440px]" label="The figures are on their way" />}</section>
      </div>
      <TabBar
        label="More about the strategy"
        value={view}
        onChange={(value) => change({ view: value === 'table' ? null : value })}
        tabs={[
          { value: 'table', label: 'Profit by price and date', content: () => evaluation && <ProfitTable evaluation={evaluation} currency={money} /> },
          {
            value: 'compare',
            label: 'Compare',
            content: () => (
              <div className="flex flex-col gap-3">
                <SetAside legs={legs} />
                <Compare legs={legs} evaluation={evaluation} entry={entry} setLegs={setLegs} />
              </div>
            ),
          },
          { value: 'saved', label: 'Saved', content: () => <SavedStrategies key={asOf ?? ''} underlying={chosen.underlying} legs={legs} /> },
        ]}
      />
    </>
  );
}

function Incomplete() {
  return (
    <div role="status" className="card flex min-h-[240px] flex-col items-center justify-center gap-2 px-6 text-center">
      <p className="text-16 font-medium">A leg has no value at this moment</p>
      <p className="max-w-[420px] text-13 text-muted">The legs say why. Type a price for it, choose another strike, or take it out: then the payoff is drawn.</p>
    </div>
  );
}
