import { LoaderCircle } from 'lucide-react';
import type { ButtonHTMLAttributes } from 'react';
import { cx } from '@/lib/cx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'plain' | 'primary' | 'danger';
  /** What it does is being done: it can't be pressed again meanwhile. */
  busy?: boolean;
}

const LOOKS = {
  plain: '',
  primary: 'border-accent bg-accent font-medium text-background hover:bg-accent/90',
  danger: 'border-down text-down hover:bg-down/10',
} as const;

export function Button({ kind = 'plain', busy = false, disabled = false, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={cx('control h-9 justify-center', LOOKS[kind], className)} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy && <LoaderCircle className="icon motion-safe:animate-spin" aria-hidden />}
      {children}
    </button>
  );
}
