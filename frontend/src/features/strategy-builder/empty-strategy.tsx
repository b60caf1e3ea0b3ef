'use client';

import { Shapes } from 'lucide-react';
import { formatDate } from '@/lib/time';
import { AddLeg } from './add-leg';
import type { SetLegs, Underlying } from './builder';
import { SavedStrategies } from './saved';
import { templateOf, type Template } from './templates';
import { usualExpiry, useTemplates } from './use-chains';

const OFFERED = ['iron-condor', 'bull-call', 'long-straddle'].map(templateOf).filter((each): each is Template => each !== undefined);

/** Nothing yet: what this is for, and three ways to begin with one tap. */
export function EmptyStrategy({ chosen, setLegs }: { chosen: Underlying; setLegs: SetLegs }) {
  const expiry = usualExpiry(chosen.expiries);
  const { build, busy, said } = useTemplates(chosen.underlying, chosen.expiries, (legs) => setLegs(legs, 'push'));
  return (
    <>
      <section aria-label="Begin" className="card flex flex-col items-center gap-4 px-4 py-10 text-center">
        <Shapes className="h-6 w-6 text-muted" strokeWidth={1.5} aria-hidden />
        <h2 className="text-16 font-medium">Put options together and see what they come to</h2>
        <p className="max-w-[560px] text-13 text-muted">
          Begin with a known strategy{expiry && ` on ${chosen.underlying}, ${formatDate(expiry)}`}; every leg can be changed afterwards. Or press a bid or an ask in the option chain.
        </p>
        <div className="grid w-full max-w-[840px] gap-3 text-left sm:grid-cols-3">
          {OFFERED.map((template) => (
            <button key={template.key} type="button" disabled={expiry === null} aria-busy={busy === template.key} onClick={() => expiry && void build(template, expiry)} className="flex flex-col gap-1 rounded border border-line bg-background p-4 text-left hover:bg-raised disabled:opacity-50">
              <span className="text-14 font-medium">{template.name}</span>
              <span className="text-12 text-muted">{template.words}</span>
            </button>
          ))}
        </div>
        {said.map((words) => (
          <p key={words} role="alert" className="text-13 text-warn">
            {words}
          </p>
        ))}
      </section>
      <div className="w-full max-w-[480px]">
        <AddLeg chosen={chosen} legs={[]} setLegs={setLegs} />
      </div>
      <SavedStrategies underlying={chosen.underlying} legs={[]} />
    </>
  );
}
