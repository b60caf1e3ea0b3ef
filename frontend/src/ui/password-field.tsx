'use client';

import { Eye, EyeOff } from 'lucide-react';
import type { FormEvent } from 'react';
import { forwardRef, useId, useState } from 'react';
import { cx } from '@/lib/cx';
import type { FieldProps } from './field';
import { describedBy, FieldRow, INPUT } from './field';
import { strengthOf } from './password-strength';

interface PasswordFieldProps extends Omit<FieldProps, 'type'> {
  autoComplete: 'current-password' | 'new-password';
  /** For a new password: says how long it still has to become, then how strong it is. */
  minLength?: number;
}

/** A password that can be looked at while it is typed; a new one says how strong it is. */
export const PasswordField = forwardRef<HTMLInputElement, PasswordFieldProps>(function PasswordField({ label, aside, hint, error, className, minLength, onInput, ...input }, ref) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const [typed, setTyped] = useState('');
  const measured = minLength !== undefined && typed !== '';
  const Icon = shown ? EyeOff : Eye;
  return (
    <FieldRow id={id} label={label} aside={aside} hint={hint} error={error} className={className}>
      <div className="relative">
        <input
          ref={ref}
          id={id}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          {...input}
          type={shown ? 'text' : 'password'}
          className={cx(INPUT, 'pr-11')}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { hint, error }, measured ? `${id}-strength` : null)}
          onInput={(event: FormEvent<HTMLInputElement>) => {
            if (minLength !== undefined) setTyped(event.currentTarget.value);
            onInput?.(event);
          }}
        />
        <button
          type="button"
          className="absolute inset-y-0 right-0 flex w-10 items-center justify-center rounded text-muted hover:text-text"
          aria-label={shown ? 'Hide the password' : 'Show the password'}
          onClick={() => setShown((was) => !was)}
        >
          <Icon className="icon" aria-hidden />
        </button>
      </div>
      {measured && <StrengthBar id={`${id}-strength`} typed={typed} minLength={minLength} />}
    </FieldRow>
  );
});

const BARS = [0, 1, 2, 3] as const;
const TONE = ['bg-down', 'bg-warn', 'bg-warn', 'bg-up'] as const;

function StrengthBar({ id, typed, minLength }: { id: string; typed: string; minLength: number }) {
  const { level, words } = strengthOf(typed, minLength);
  return (
    <div id={id} className="flex items-center gap-3 pt-1 text-12 text-muted">
      <span className="flex flex-none gap-1" aria-hidden>
        {BARS.map((bar) => (
          <span key={bar} className={cx('h-1 w-6 rounded-full', bar <= level ? TONE[level] : 'bg-line')} />
        ))}
      </span>
      {words}
    </div>
  );
}
