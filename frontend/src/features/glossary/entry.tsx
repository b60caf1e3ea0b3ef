'use client';

import type { ReactNode } from 'react';
import { cx } from '@/lib/cx';
import type { GlossaryEntry } from '@/lib/glossary';
import { nameOfTerm } from '@/lib/glossary';
import { DeskLink } from '@/ui/desk-link';

interface EntryProps {
  entry: GlossaryEntry;
  isAimed: boolean;
  aim: (term: string) => void;
  pageNames: ReadonlyMap<string, string>;
}

/** One word: what it means, what its figures are in, where it is seen, and its neighbours. */
export function Entry({ entry, isAimed, aim, pageNames }: EntryProps) {
  return (
    <article id={entry.term} tabIndex={-1} aria-labelledby={`${entry.term}-name`} className={cx('flex scroll-mt-20 flex-col gap-1 px-4 py-3 outline-none', isAimed && 'bg-raised shadow-[inset_3px_0_0_rgb(var(--accent))]')}>
      <h3 id={`${entry.term}-name`} className="text-14 font-semibold">
        {entry.name}
      </h3>
      <p className="text-13">
        {entry.sentence}
        {entry.more && <span className="text-muted"> {plain(entry.more)}</span>}
      </p>
      <dl className="flex flex-col gap-x-5 gap-y-1 pt-1 text-12 sm:flex-row sm:flex-wrap">
        {entry.unit && <Fact name="Unit">{entry.unit}</Fact>}
        <Fact name="Seen on">
          {entry.pages.map((path) => (
            <DeskLink key={path} path={path} className="text-accent hover:underline">
              {pageNames.get(path) ?? path}
            </DeskLink>
          ))}
        </Fact>
        {entry.see.length > 0 && (
          <Fact name="See also">
            {entry.see.map((term) => (
              <a key={term} href={`#${term}`} className="text-accent hover:underline" onClick={() => aim(term)}>
                {nameOfTerm(term)}
              </a>
            ))}
          </Fact>
        )}
      </dl>
    </article>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt className="text-muted">{name}</dt>
      <dd className="flex flex-wrap gap-x-2">{children}</dd>
    </div>
  );
}

/** Words between backticks are the API's own. */
function plain(text: string): ReactNode {
  return text.split('`').map((part, index) => (index % 2 ? <code key={part}>{part}</code> : part));
}
