import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PAGES } from '@/config/desk';
import { GLOSSARY, grouped, searchGlossary, termAt } from './glossary';
import { ENTRIES } from './glossary-entries';
import { TERMS, termOfHint } from './terms';

const SOURCE = path.resolve(__dirname, '..');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => {
    const at = path.join(folder, each.name);
    if (each.isDirectory()) return each.name === 'generated' ? [] : sources(at);
    return /\.tsx?$/.test(each.name) && !each.name.includes('.test.') ? [at] : [];
  });
}

/** Every term that some screen asks for by name. */
function asked(): Array<[file: string, term: string]> {
  return sources(SOURCE).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bTERMS\.([a-z_0-9]+)|\bterm: '([a-z_0-9]+)'/g)].map((found): [string, string] => [path.relative(SOURCE, file), found[1] ?? found[2] ?? '']));
}

describe('the glossary', () => {
  it('has an entry for every term, and no entry without one', () => {
    expect(Object.keys(ENTRIES).sort()).toEqual(Object.keys(TERMS).sort());
  });

  it('has every term that a screen asks for', () => {
    expect(asked().length).toBeGreaterThan(20);
    expect(asked().filter(([, term]) => !Object.hasOwn(ENTRIES, term))).toEqual([]);
  });

  it.each(GLOSSARY.map((entry) => [entry.term, entry] as const))('says in full what %s is', (term, entry) => {
    expect(entry.name).not.toBe('');
    expect(entry.sentence).toMatch(/^[A-Z].*\.$/);
    expect(entry.unit).not.toBe('');
    expect(entry.more ?? 'None.').toMatch(/\.$/);
    expect(entry.pages.length).toBeGreaterThan(0);
    expect(entry.see.filter((other) => other === term || !Object.hasOwn(TERMS, other))).toEqual([]);
  });

  it('says the unit of each figure that a screen heads a column with', () => {
    const figures = ['delta', 'gamma', 'theta', 'vega', 'rho', 'iv', 'basis', 'roll_yield', 'open_interest', 'volume', 'bid', 'ask', 'last', 'mark', 'change', 'forward', 'strike', 'age'] as const;
    expect(figures.filter((term) => ENTRIES[term].unit === null)).toEqual([]);
  });

  it('names pages that are there', () => {
    const paths = [...PAGES.map((page) => page.path), '/account'];
    expect(GLOSSARY.flatMap((entry) => entry.pages).filter((page) => !paths.includes(page))).toEqual([]);
  });

  it('explains no two terms by the same sentence, so that an explanation leads to its entry', () => {
    for (const [term, sentence] of Object.entries(TERMS)) expect(termOfHint(sentence)).toBe(term);
    expect(termOfHint(`${TERMS.delta} And more.`)).toBe('delta');
    expect(termOfHint('Something else')).toBeNull();
  });

  it('finds a term by what it is called elsewhere, its own name first', () => {
    expect(searchGlossary('OI').map((entry) => entry.term)).toContain('open_interest');
    expect(searchGlossary('delta')[0]?.term).toBe('delta');
    expect(searchGlossary('calendar day theta').map((entry) => entry.term)).toEqual(['theta']);
    expect(searchGlossary('no such word')).toEqual([]);
    expect(searchGlossary('  ')).toHaveLength(GLOSSARY.length);
  });

  it('keeps groups together and leaves out the empty ones', () => {
    expect(grouped(searchGlossary('rho')).map(([group]) => group)).not.toContain('Account');
    expect(grouped(GLOSSARY).flatMap(([, members]) => members)).toHaveLength(GLOSSARY.length);
  });

  it('reads a place on the page', () => {
    expect(termAt('#delta')).toBe('delta');
    expect(termAt('#nothing')).toBeNull();
    expect(termAt('')).toBeNull();
  });
});
