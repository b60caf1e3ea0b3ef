'use client';

import type { InputHTMLAttributes, ReactNode } from 'react';
import { useId } from 'react';
import { cx } from '@/lib/cx';

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  name: string;
  hint?: ReactNode;
  /** What is wrong with what was typed. */
  error?: string;
  /** Beside the input, inside its frame. */
  beside?: ReactNode;
}

/** An input with its label above, a hint or what is wrong below, tied together for screen readers. */
export function Field({ label, hint, error, beside, className, required, ...input }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-13 font-medium">
        {label}
      </label>
      <div className={cx('flex h-10 items-center rounded border bg-background focus-within:outline focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent', error ? 'border-down' : 'border-line')}>
        <input
          id={id}
          aria-describedby={note ? `${id}-note` : undefined}
          aria-invalid={error ? true : undefined}
          aria-required={required || undefined}
          className={cx('h-full min-w-0 flex-1 rounded bg-transparent px-3 text-14 text-text outline-none placeholder:text-muted', className)}
          {...input}
        />
        {beside}
      </div>
      {note && (
        <p id={`${id}-note`} className={cx('text-12', error ? 'text-down' : 'text-muted')}>
          {note}
        </p>
      )}
    </div>
  );
}
