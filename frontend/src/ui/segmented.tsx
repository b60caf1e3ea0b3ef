'use client';

import type { KeyboardEvent } from 'react';
import { useRef } from 'react';
import { cx } from '@/lib/cx';

export interface Choice<T extends string> {
  value: T;
  label: string;
  hint?: string;
  /** Heads the choices it stands at, in a list of many. */
  group?: string;
}

interface SegmentedProps<T extends string> {
  label: string;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few: arrow keys move, the chosen one is pressed in. */
export function Segmented<T extends string>({ label, choices, value, onChange }: SegmentedProps<T>) {
  const group = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = choices.findIndex((choice) => choice.value === value);
    const next = choices[(at + step + choices.length) % choices.length];
    if (!next) return;
    onChange(next.value);
    group.current?.querySelectorAll<HTMLElement>('[role=radio]')[choices.indexOf(next)]?.focus();
  };
  return (
    <div ref={group} role="radiogroup" aria-label={label} tabIndex={-1} onKeyDown={move} className="inline-flex h-8 items-stretch rounded border border-line bg-surface p-[2px]">
      {choices.map((choice) => {
        const chosen = choice.value === value;
        return (
          <button
            key={choice.value}
            type="button"
            role="radio"
            aria-checked={chosen}
            tabIndex={chosen ? 0 : -1}
            data-hint={choice.hint}
            onClick={() => onChange(choice.value)}
            className={cx('whitespace-nowrap rounded-[4px] px-3 text-13', chosen ? 'bg-raised font-medium text-text shadow-[inset_0_0_0_1px_rgb(var(--line))]' : 'text-muted hover:text-text')}
          >
            {choice.label}
          </button>
        );
      })}
    </div>
  );
}
