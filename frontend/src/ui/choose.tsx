'use client';

import { ChevronDown } from 'lucide-react';
import { cx } from '@/lib/cx';
import type { Choice } from './segmented';

interface ChooseProps<T extends string> {
  label: string;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
  showLabel?: boolean;
  className?: string;
}

/** One of many: the platform's own list, which thumbs and screen readers already know. */
export function Choose<T extends string>({ label, choices, value, onChange, showLabel = true, className }: ChooseProps<T>) {
  return (
    <label className={cx('inline-flex items-center gap-2 text-13 text-muted', className)}>
      <span className={showLabel ? undefined : 'sr-only'}>{label}</span>
      <span className="relative inline-flex min-w-0">
        <select value={value} onChange={(event) => onChange(event.target.value as T)} className="control w-full appearance-none pr-8">
          {groupsOf(choices).map(([group, members]) =>
            group ? (
              <optgroup key={group} label={group}>
                {members.map(optionOf)}
              </optgroup>
            ) : (
              members.map(optionOf)
            ),
          )}
        </select>
        <ChevronDown className="icon pointer-events-none absolute right-2 top-2 text-muted" aria-hidden />
      </span>
    </label>
  );
}

const optionOf = (choice: Choice<string>) => (
  <option key={choice.value} value={choice.value}>
    {choice.label}
  </option>
);

function groupsOf<T extends string>(choices: readonly Choice<T>[]): Array<[string, Choice<T>[]]> {
  const groups = new Map<string, Choice<T>[]>();
  for (const choice of choices) groups.set(choice.group ?? '', [...(groups.get(choice.group ?? '') ?? []), choice]);
  return [...groups];
}
