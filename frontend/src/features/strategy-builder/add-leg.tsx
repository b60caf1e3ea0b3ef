'use client';

import { Plus } from 'lucide-react';
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { get } from '@/api/client';
import { Problem } from '@/api/problem';
import { useAsOf } from '@/api/use-as-of';
import { MOST_LEGS, type LinkLeg } from '@/lib/strategy-link';
import type { SetLegs, Underlying } from './builder';
import { withAdded } from './model';
import { usualExpiry } from './use-chains';
import { expiryOfWish, legOfWish, readWish } from './wish';

/** A leg by typing it: `75 call`, `-2 80 put jan`, a whole symbol. */
export function AddLeg({ chosen, legs, setLegs }: { chosen: Underlying; legs: LinkLeg[]; setLegs: SetLegs }) {
  const id = useId();
  const { asOf } = useAsOf();
  const [text, setText] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const wish = readWish(text);
    if (wish.kind === 'unclear') return setSaid(wish.why);
    if (legs.length >= MOST_LEGS) return setSaid(`A strategy has at most ${MOST_LEGS} legs.`);
    if (wish.kind === 'symbol') return done({ quantity: wish.quantity, symbol: wish.symbol }, null);
    const expiry = expiryOfWish(wish, chosen.expiries.map((each) => each.expiry)) ?? usualExpiry(chosen.expiries);
    if (expiry === null) return setSaid(`${chosen.underlying} lists no expiry.`);
    try {
      const chain = await get('/api/v1/options/{underlying}/chain', { path: { underlying: chosen.underlying }, query: { expiry, strikes: 'all', as_of: asOf } });
      const { leg, note } = legOfWish(wish, chain);
      if (leg === null) return setSaid(note);
      done(leg, note);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setSaid(error.detail ?? error.title);
    }
  };
  const done = (leg: LinkLeg, note: string | null) => {
    setLegs(withAdded(legs, leg));
    setText('');
    setSaid(note);
  };
  return (
    <form onSubmit={(event) => void add(event)} className="flex flex-col gap-1">
      <label htmlFor={id} className="text-13 font-medium">
        Add a leg
      </label>
      <div className="flex gap-2">
        <input id={id} value={text} maxLength={80} onChange={(event) => setText(event.target.value)} placeholder="75 call · -2 80 put jan · a symbol" aria-describedby={said ? `${id}-said` : undefined} className="h-8 min-w-0 flex-1 rounded border border-line bg-background px-2 text-16 md:text-13" />
        <button type="submit" className="control">
          <Plus className="icon" aria-hidden />
          Add
        </button>
      </div>
      {said && (
        <p id={`${id}-said`} role="status" className="text-12 text-warn">
          {said}
        </p>
      )}
    </form>
  );
}
