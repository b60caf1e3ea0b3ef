'use client';

import { Search } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useId, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { cx } from '@/lib/cx';
import { sourceWords } from '@/lib/terms';
import { useSettled } from '@/ui/use-settled';
import { pastedSymbols, suggested } from './watch-model';

/** Contracts that have ended come first, and are not offered. */
const MOST_READ = 100;
/** Room for as many symbols as a list has. */
const LONGEST_PASTED = 13_000;
/** The API looks for no more letters at once. */
const LONGEST_ASKED = 64;

interface SymbolSearchProps {
  /** Symbols that need not be offered. */
  taken: readonly string[];
  onPick: (symbols: string[]) => void;
}

/** Finds a contract by typing part of it; arrows choose, Enter takes it. Several symbols at once can be pasted. */
export function SymbolSearch({ taken, onPick }: SymbolSearchProps) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  /** Enter was pressed before there was anything to take. */
  const [waits, setWaits] = useState(false);
  const id = useId();
  const { asOf } = useAsOf();
  const asked = useSettled(words.trim().slice(0, LONGEST_ASKED));
  const answer = useGet(asked === '' ? null : '/api/v1/instruments', { query: { q: asked, limit: MOST_READ } });
  const isAnswered = asked === words.trim().slice(0, LONGEST_ASKED) && answer.state !== 'loading';
  const items = isAnswered && answer.state === 'ready' ? answer.data.items : [];
  const found = suggested(items, taken, asOf ? Date.parse(asOf) : Date.now());
  const isOpen = words.trim() !== '';
  const pick = (symbols: string[]) => {
    if (symbols.length === 0) return;
    onPick(symbols);
    setWords('');
    setAt(0);
  };
  const first = found[0]?.symbol;
  useEffect(() => {
    if (!waits || !isAnswered) return;
    setWaits(false);
    if (first !== undefined) pick([first]);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `pick` is of this very render
  }, [waits, isAnswered, first]);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0) {
      event.preventDefault();
      setAt((at + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const pasted = pastedSymbols(words);
      if (pasted.length === 0 && !isAnswered) setWaits(isOpen);
      else pick(pasted.length > 0 ? pasted : found.slice(at, at + 1).map((item) => item.symbol));
    } else if (event.key === 'Escape') setWords('');
  };
  const chosen = found[at];
  return (
    <div className="relative w-full sm:w-64">
      <Search className="icon pointer-events-none absolute left-2 top-2 text-muted" aria-hidden />
      <input
        role="combobox"
        aria-label="Add a contract"
        aria-expanded={isOpen}
        aria-controls={`${id}-found`}
        aria-activedescendant={chosen ? `${id}-${chosen.symbol}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="Add a contract"
        className="control w-full pl-8 placeholder:text-muted"
        value={words}
        maxLength={LONGEST_PASTED}
        onPaste={(event) => {
          // A field of one line would run the lines of a pasted list together.
          const pasted = pastedSymbols(event.clipboardData.getData('text').slice(0, LONGEST_PASTED));
          if (pasted.length === 0) return;
          event.preventDefault();
          pick(pasted);
        }}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
          setWaits(false);
        }}
        onKeyDown={onKey}
        onBlur={() => setWords('')}
      />
      <ul id={`${id}-found`} role="listbox" aria-label="Contracts found" className={cx('absolute inset-x-0 top-9 z-30 max-h-72 overflow-y-auto rounded border border-line bg-surface py-1 shadow-float', !isOpen && 'hidden')}>
        {found.map((item, index) => (
          // The input keeps the focus; arrows and Enter choose here too.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={item.symbol}
            id={`${id}-${item.symbol}`}
            role="option"
            aria-selected={index === at}
            className={cx('flex h-8 cursor-pointer items-center gap-3 px-3 text-13', index === at && 'bg-raised')}
            onPointerDown={(event) => event.preventDefault()}
            onPointerEnter={() => setAt(index)}
            onClick={() => pick([item.symbol])}
          >
            <span className="font-medium">{item.symbol}</span>
            <span className="ml-auto truncate text-12 text-muted">{sourceWords(item.source)}</span>
          </li>
        ))}
        {isOpen && found.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled className="px-3 py-2 text-13 text-muted">
            {!isAnswered ? 'Searching' : answer.state === 'failed' ? 'The search got no answer' : 'No contract by these letters'}
          </li>
        )}
      </ul>
    </div>
  );
}
