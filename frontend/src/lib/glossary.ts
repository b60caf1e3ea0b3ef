/** The glossary: every term with its sentence and its facts, searched and grouped. */
import type { GlossaryGroup, TermFacts } from './glossary-entries';
import { ENTRIES, GLOSSARY_GROUPS } from './glossary-entries';
import type { TermName } from './terms';
import { isTerm, TERMS } from './terms';

export interface GlossaryEntry extends TermFacts {
  term: TermName;
  sentence: string;
}

/** Every entry, by group and then by name. */
export const GLOSSARY: readonly GlossaryEntry[] = Object.entries(ENTRIES)
  .flatMap(([name, facts]) => (isTerm(name) ? [{ ...facts, term: name, sentence: TERMS[name] }] : []))
  .sort((one, other) => GLOSSARY_GROUPS.indexOf(one.group) - GLOSSARY_GROUPS.indexOf(other.group) || one.name.localeCompare(other.name));

export const nameOfTerm = (term: TermName): string => ENTRIES[term]?.name ?? term.replaceAll('_', ' ');

/** The term whose place on the page is this; null where there is none. */
export function termAt(hash: string): TermName | null {
  const name = hash.replace(/^#/, '').toLowerCase();
  return isTerm(name) ? name : null;
}

/** The entries in which every word that was typed stands; those whose name begins with it first. */
export function searchGlossary(typed: string, entries: readonly GlossaryEntry[] = GLOSSARY): GlossaryEntry[] {
  const wanted = typed.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const found = entries.filter((entry) => {
    const text = [entry.name, entry.also, entry.sentence, entry.unit, entry.more].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const rank = ({ name, also }: GlossaryEntry) => (name.toLowerCase().startsWith(wanted) ? 0 : `${name} ${also ?? ''}`.toLowerCase().includes(wanted) ? 1 : 2);
  return wanted === '' ? found : found.sort((one, other) => rank(one) - rank(other));
}

/** Entries under the names of their groups, which stand in the order one learns them. */
export function grouped(entries: readonly GlossaryEntry[]): Array<[GlossaryGroup, GlossaryEntry[]]> {
  return GLOSSARY_GROUPS.map((group): [GlossaryGroup, GlossaryEntry[]] => [group, entries.filter((entry) => entry.group === group)]).filter(([, members]) => members.length > 0);
}
