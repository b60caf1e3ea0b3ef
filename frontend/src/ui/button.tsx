'use client';

import type { ComponentPropsWithoutRef } from 'react';
import { forwardRef } from 'react';
import { cx } from '@/lib/cx';

const LOOK = {
  plain: 'border-line bg-surface text-text hover:bg-raised',
  primary: 'border-accent bg-accent font-medium text-background hover:bg-accent/90',
  danger: 'border-down bg-surface font-medium text-down hover:bg-down/10',
} as const;

interface ButtonProps extends ComponentPropsWithoutRef<'button'> {
  kind?: keyof typeof LOOK;
  /** What it does is being done: it turns, and can't be pressed again. */
  busy?: boolean;
  wide?: boolean;
}

/** A button that says what it does. While busy it keeps its width and the focus. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button({ kind = 'plain', busy = false, wide = false, className, children, onClick, ...rest }, ref) {
  return (
    <button
      ref={ref}
      type="button"
      {...rest}
      // Disabling would take the focus away; a busy button only refuses.
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      className={cx('relative inline-flex h-10 flex-none items-center justify-center gap-2 rounded border px-4 text-14 disabled:opacity-50', LOOK[kind], wide && 'w-full', className)}
    >
      <span className={cx('inline-flex items-center gap-2', busy && 'opacity-0')}>{children}</span>
      {busy && <span className="spinner absolute" aria-hidden />}
    </button>
  );
});
