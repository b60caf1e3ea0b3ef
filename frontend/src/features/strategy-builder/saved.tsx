'use client';

import { Save, Trash2 } from 'lucide-react';
import type { FormEvent } from 'react';
import { useId, useRef, useState } from 'react';
import type { Answer } from '@/api/client';
import { newIdempotencyKey } from '@/api/once';
import { Problem } from '@/api/problem';
import { send } from '@/api/send';
import { useGet } from '@/api/use-get';
import { legsText, type LinkLeg } from '@/lib/strategy-link';
import { formatAgo } from '@/lib/time';
import { Confirm } from '@/ui/confirm';
import { Failure } from '@/ui/failure';
import { SkeletonRows } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import { strategyWords } from './model';

type Saved = Answer<'/api/v1/strategies'>['items'][number];

const linkLegs = (saved: Saved): LinkLeg[] => saved.legs.map(({ symbol, quantity, price }) => (price == null ? { symbol, quantity } : { symbol, quantity, price }));

/** What the person keeps: saved under a name, opened again, changed, deleted. */
export function SavedStrategies({ underlying, legs }: { underlying: string; legs: LinkLeg[] }) {
  const { query } = useQuery();
  const [deleting, setDeleting] = useState<Saved | null>(null);
  const kept = useGet('/api/v1/strategies', {}, { keep: true });
  const items = kept.state === 'ready' ? kept.data.items : [];
  const opened = items.find((each) => each.id === query.get('saved')) ?? null;
  const again = () => kept.state === 'ready' && kept.retry();
  if (kept.state === 'failed') return <Failure problem={kept.problem} retry={kept.retry} />;
  if (kept.state === 'loading') return <SkeletonRows rows={3} label="Your strategies are on their way" />;
  if (items.length === 0 && legs.length === 0) return null;
  return (
    <section aria-label="Saved strategies" className="flex flex-col gap-3">
      {legs.length > 0 && <SaveForm key={opened?.id ?? 'new'} underlying={underlying} legs={legs} opened={opened} onSaved={again} />}
      {items.length === 0 ? <p className="text-13 text-muted">Nothing is saved yet.</p> : <SavedList items={items} opened={opened} onDelete={setDeleting} />}
      {deleting && (
        <Confirm
          title={`Delete ${deleting.name}?`}
          action="Delete strategy"
          onClose={() => setDeleting(null)}
          onConfirm={async () => {
            await send('DELETE', '/api/v1/strategies/{strategy_id}', { path: { strategy_id: deleting.id } });
            again();
          }}
        >
          Its legs and notes are gone then; the market is not touched.
        </Confirm>
      )}
    </section>
  );
}

interface SaveFormProps {
  underlying: string;
  legs: LinkLeg[];
  opened: Saved | null;
  onSaved: () => void;
}

function SaveForm({ underlying, legs, opened, onSaved }: SaveFormProps) {
  const id = useId();
  const { change } = useQuery();
  const [name, setName] = useState(opened?.name ?? '');
  const [notes, setNotes] = useState(opened?.notes ?? '');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const once = useRef(newIdempotencyKey());
  const save = async (event: FormEvent, asNew: boolean) => {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === '') return setSaid('Give it a name.');
    setBusy(true);
    setSaid(null);
    const body = { name: name.trim(), notes, underlying, legs: legs.map(({ symbol, quantity, price }) => ({ symbol, quantity, price: price ?? null })) };
    try {
      const kept =
        opened && !asNew
          ? await send('PATCH', '/api/v1/strategies/{strategy_id}', { path: { strategy_id: opened.id }, body, headers: { 'If-Match': `"${opened.version}"` } })
          : await send('POST', '/api/v1/strategies', { body, headers: { 'Idempotency-Key': once.current } });
      once.current = newIdempotencyKey();
      setSaid('Saved.');
      onSaved();
      change({ saved: (kept as Saved).id });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      once.current = newIdempotencyKey();
      setSaid(error.detail ?? error.title);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="card flex flex-col gap-3 p-3" onSubmit={(event) => void save(event, false)}>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,280px)_minmax(0,1fr)]">
        <label className="flex flex-col gap-1 text-13 font-medium" htmlFor={`${id}-name`}>
          Name
          <input id={`${id}-name`} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} placeholder={`${underlying} strategy`} className="h-8 rounded border border-line bg-background px-2 text-16 font-normal md:text-13" />
        </label>
        <label className="flex flex-col gap-1 text-13 font-medium" htmlFor={`${id}-notes`}>
          Notes
          <textarea id={`${id}-notes`} value={notes} maxLength={2000} rows={1} onChange={(event) => setNotes(event.target.value)} className="min-h-8 rounded border border-line bg-background px-2 py-1 text-16 font-normal md:text-13" />
        </label>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <button type="submit" className="control" aria-disabled={busy}>
          <Save className="icon" aria-hidden />
          {opened ? 'Save changes' : 'Save strategy'}
        </button>
        {opened && (
          <button type="button" className="control" aria-disabled={busy} onClick={(event) => void save(event, true)}>
            Save as another
          </button>
        )}
        <span role="status" className="text-13 text-muted">
          {said}
        </span>
      </div>
    </form>
  );
}

function SavedList({ items, opened, onDelete }: { items: readonly Saved[]; opened: Saved | null; onDelete: (saved: Saved) => void }) {
  const { change } = useQuery();
  return (
    <ul className="card divide-y divide-line">
      {items.map((item) => (
        <li key={item.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
          <button type="button" className="min-w-0 flex-1 text-left" onClick={() => change({ underlying: item.underlying, legs: legsText(linkLegs(item)), saved: item.id, view: null }, 'push')}>
            <span className="flex flex-wrap items-baseline gap-x-2 text-14 font-medium text-accent underline-offset-2 hover:underline">
              {item.name}
              {item.id === opened?.id && <span className="text-12 font-normal text-muted">open now</span>}
            </span>
            <span className="num block text-12 text-muted">
              {item.underlying}: {strategyWords(linkLegs(item))}
            </span>
            {item.notes && <span className="block truncate text-12 text-muted">{item.notes}</span>}
          </button>
          <span className="text-12 text-muted">{formatAgo(item.updated_at, Date.now())}</span>
          <button type="button" aria-label={`Delete ${item.name}`} className="rounded p-2 text-muted hover:bg-raised hover:text-text" onClick={() => onDelete(item)}>
            <Trash2 className="icon" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
