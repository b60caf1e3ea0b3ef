'use client';

import { ChevronDown, ChevronUp, Columns3 } from 'lucide-react';
import { Popup } from '@/ui/popup';
import { fieldsOf, FIELDS, fieldWords, moved, PRESET_WORDS, STANDARD, toggled } from './columns';
import type { Field } from './columns';
import type { ChainView } from './use-chain-view';

/** Which columns a preset shows and in which order from the strike outwards: calls and puts alike, kept for this person. */
export function ColumnMenu({ view }: { view: ChainView }) {
  const { preset, choice, changeFields } = view;
  const shown = fieldsOf(preset, choice);
  const hidden = FIELDS.filter((field) => !shown.includes(field));
  return (
    <Popup
      button={{
        className: 'control px-2 md:px-3',
        children: (
          <>
            <Columns3 className="icon" aria-hidden />
            {/* A phone has room for the picture only. */}
            <span className="sr-only md:not-sr-only">Columns</span>
          </>
        ),
      }}
      label="Columns"
      align="start"
      className="flex max-h-[var(--radix-popover-content-available-height)] w-72 max-w-[calc(100vw-16px)] flex-col gap-2 overflow-y-auto p-3"
    >
      <p className="text-12 text-muted">{PRESET_WORDS[preset]}, from the strike outwards. Calls and puts alike.</p>
      <ul aria-label="Columns of the chain">
        {[...shown, ...hidden].map((field) => (
          <ColumnLine key={field} field={field} shown={shown} change={changeFields} />
        ))}
      </ul>
      <div className="flex items-center justify-between gap-3 border-t border-line pt-3">
        <span className="text-12 text-muted">Kept on all your devices.</span>
        <button type="button" className="control" disabled={choice[preset] === undefined} onClick={() => changeFields(STANDARD[preset])}>
          Standard columns
        </button>
      </div>
    </Popup>
  );
}

interface ColumnLineProps {
  field: Field;
  shown: readonly Field[];
  change: (fields: readonly Field[]) => void;
}

function ColumnLine({ field, shown, change }: ColumnLineProps) {
  const words = fieldWords(field);
  const at = shown.indexOf(field);
  const isShown = at >= 0;
  const move = 'inline-flex h-7 w-7 items-center justify-center rounded text-muted hover:bg-raised hover:text-text disabled:opacity-30';
  return (
    <li className="flex h-8 items-center gap-1">
      <label className="flex flex-1 items-center gap-2">
        {/* The last column stays: a chain without numbers is none. */}
        <input type="checkbox" className="h-4 w-4 accent-[rgb(var(--accent))]" checked={isShown} disabled={isShown && shown.length === 1} onChange={() => change(toggled(shown, field))} />
        {words}
      </label>
      {isShown && (
        <>
          <button type="button" className={move} disabled={at === 0} aria-label={`${words} nearer to the strike`} onClick={() => change(moved(shown, field, -1))}>
            <ChevronUp className="icon" aria-hidden />
          </button>
          <button type="button" className={move} disabled={at === shown.length - 1} aria-label={`${words} further from the strike`} onClick={() => change(moved(shown, field, 1))}>
            <ChevronDown className="icon" aria-hidden />
          </button>
        </>
      )}
    </li>
  );
}
