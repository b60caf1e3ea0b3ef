'use client';

import type { ComponentPropsWithoutRef, ReactNode } from 'react';
import { forwardRef, useId } from 'react';
import { cx } from '@/lib/cx';

/** How every typed-in thing looks; `aria-invalid` turns its edge. A phone enlarges the page for smaller letters than 16. */
export const INPUT =
  'h-10 w-full min-w-0 rounded border border-line bg-background px-3 text-16 text-text placeholder:text-muted disabled:opacity-50 aria-[invalid=true]:border-down md:text-14';

export interface Said {
  label: ReactNode;
  /** Stands beside the label, such as "optional". */
  aside?: ReactNode;
  /** Said before anything is typed. */
  hint?: ReactNode;
  /** What is wrong, in words. */
  error?: ReactNode;
}

interface RowProps extends Said {
  id: string;
  children: ReactNode;
  className?: string;
}

/** The ids of what is said about an input, for `aria-describedby`. */
export function describedBy(id: string, { hint, error }: Pick<Said, 'hint' | 'error'>, more: string | null = null): string | undefined {
  return [error && `${id}-error`, hint && `${id}-hint`, more].filter(Boolean).join(' ') || undefined;
}

/** A label above, the input, and beneath it what is wrong with it and what it should be. */
export function FieldRow({ id, label, aside, hint, error, children, className }: RowProps) {
  return (
    <div className={cx('flex flex-col gap-1', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-13 font-medium">
          {label}
        </label>
        {aside && <span className="text-12 text-muted">{aside}</span>}
      </div>
      {children}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-13 text-down">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-12 text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

export type FieldProps = Said & Omit<ComponentPropsWithoutRef<'input'>, 'id' | 'aria-invalid' | 'aria-describedby'>;

/** One line of text with its label, its hint and its error. */
export const Field = forwardRef<HTMLInputElement, FieldProps>(function Field({ label, aside, hint, error, className, ...input }, ref) {
  const id = useId();
  return (
    <FieldRow id={id} label={label} aside={aside} hint={hint} error={error} className={className}>
      <input ref={ref} id={id} type="text" {...input} className={INPUT} aria-invalid={error ? true : undefined} aria-describedby={describedBy(id, { hint, error })} />
    </FieldRow>
  );
});
