'use client';

import type { ClipboardEvent, FormEvent } from 'react';
import { forwardRef, useId } from 'react';
import { cx } from '@/lib/cx';
import type { FieldProps } from './field';
import { describedBy, FieldRow, INPUT } from './field';

const DIGITS = 6;

interface CodeFieldProps extends Omit<FieldProps, 'type' | 'value'> {
  /** Called once six digits stand there. */
  onComplete?: (code: string, form: HTMLFormElement | null) => void;
}

/** The digits of what was typed or pasted: "123 456" is 123456. */
export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '').slice(0, DIGITS);

/** Six digits from an authenticator app, in one input: it takes six keys, a paste with spaces in it, and what the telephone offers. */
export const CodeField = forwardRef<HTMLInputElement, CodeFieldProps>(function CodeField({ label, aside, hint, error, className, onComplete, onInput, ...input }, ref) {
  const id = useId();
  const onTyped = (event: FormEvent<HTMLInputElement>) => {
    const field = event.currentTarget;
    const digits = digitsOf(field.value);
    if (field.value !== digits) field.value = digits;
    onInput?.(event);
    if (digits.length === DIGITS) onComplete?.(digits, field.form);
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const digits = digitsOf(event.clipboardData.getData('text'));
    if (digits.length !== DIGITS) return;
    // A whole code replaces what stands there.
    event.preventDefault();
    const field = event.currentTarget;
    setAsTyped(field, digits);
  };
  return (
    <FieldRow id={id} label={label} aside={aside} hint={hint} error={error} className={className}>
      <input
        ref={ref}
        id={id}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCorrect="off"
        spellCheck={false}
        placeholder="······"
        {...input}
        type="text"
        className={cx(INPUT, 'num h-12 text-center text-20 font-medium tracking-[0.4em] md:text-20')}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { hint, error })}
        onInput={onTyped}
        onPaste={onPaste}
      />
    </FieldRow>
  );
});

/** Sets a value past React's own bookkeeping, so that the event counts as typing. */
function setAsTyped(field: HTMLInputElement, value: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
