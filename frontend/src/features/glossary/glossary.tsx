'use client';

import { SearchX } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { GlossaryEntry } from '@/lib/glossary';
import { GLOSSARY, grouped, searchGlossary } from '@/lib/glossary';
import { Field } from '@/ui/field';
import { Notice } from '@/ui/notice';
import { Entry } from './entry';
import { useAimed } from './use-aimed';

/** Every word of the screens: what it means, its unit, and where it is seen. */
export function Glossary({ pageNames }: { pageNames: ReadonlyMap<string, string> }) {
  const [typed, setTyped] = useState('');
  const { aimed, aim } = useAimed();
  const found = useMemo(() => grouped(searchGlossary(typed)), [typed]);
  const count = found.reduce((sum, [, entries]) => sum + entries.length, 0);
  // A term that is gone to is shown, whatever was searched for before.
  useEffect(() => setTyped(''), [aimed]);
  return (
    <div className="mx-auto flex max-w-[560px] gap-12 lg:max-w-[860px]">
      <div className="min-w-0 flex-1">
        <h1 className="text-20 font-semibold">Glossary</h1>
        <p className="pb-4 text-13 text-muted">Every word of the screens, with its unit. A word with a dotted line explains itself there too; the key w leads from it to here.</p>
        <search className="block pb-6">
          <Field label="Find a word" type="search" value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" placeholder="Delta, OI, contango" />
          <p role="status" className="pt-1 text-12 text-muted">
            {typed.trim() === '' ? `${GLOSSARY.length} words` : count === 1 ? '1 word found' : `${count} words found`}
          </p>
        </search>
        {count === 0 && (
          <Notice icon={SearchX} title="No such word here">
            <button type="button" className="control" onClick={() => setTyped('')}>
              Show all words
            </button>
          </Notice>
        )}
        {found.map(([group, entries]) => (
          <Group key={group} group={group} entries={entries} aimed={aimed} aim={aim} pageNames={pageNames} />
        ))}
      </div>
      <nav aria-label="Groups of words" className="sticky top-[65px] hidden w-[160px] flex-none self-start pt-14 lg:block">
        <ul className="flex flex-col border-l border-line">
          {found.map(([group]) => (
            <li key={group}>
              <a href={`#${idOf(group)}`} className="block px-4 py-1 text-13 text-muted hover:text-text">
                {group}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

/** No term is called so: a group's place is never a term's. */
const idOf = (group: string) => `group-${group.toLowerCase().replaceAll(' ', '-')}`;

interface GroupProps {
  group: string;
  entries: readonly GlossaryEntry[];
  aimed: string | null;
  aim: (term: string) => void;
  pageNames: ReadonlyMap<string, string>;
}

function Group({ group, entries, aimed, aim, pageNames }: GroupProps) {
  return (
    <section id={idOf(group)} aria-labelledby={`${idOf(group)}-title`} className="scroll-mt-16 pb-8">
      <h2 id={`${idOf(group)}-title`} className="pb-2 text-16 font-semibold">
        {group}
      </h2>
      <div className="card divide-y divide-line">
        {entries.map((entry) => (
          <Entry key={entry.term} entry={entry} isAimed={aimed === entry.term} aim={aim} pageNames={pageNames} />
        ))}
      </div>
    </section>
  );
}
