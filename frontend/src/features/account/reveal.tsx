'use client';

import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { cx } from '@/lib/cx';

interface RevealProps {
  /** What the button does, in words. */
  label: string;
  danger?: boolean;
  /** Draws the form; `close` puts it away again. */
  children: (close: () => void) => ReactNode;
}

/** A form that stays away until it is wanted; the focus goes into it, and back to the button. */
export function Reveal({ label, danger = false, children }: RevealProps) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (open) place.current?.querySelector<HTMLElement>('input:not([aria-hidden]), select, textarea, button')?.focus();
    else if (wasOpen.current) place.current?.querySelector<HTMLElement>('button')?.focus();
    wasOpen.current = open;
  }, [open]);
  return (
    <div ref={place}>
      {open ? (
        <div className="card p-4">{children(() => setOpen(false))}</div>
      ) : (
        <button type="button" className={cx('control', danger && 'border-down/60 text-down')} onClick={() => setOpen(true)}>
          {label}
        </button>
      )}
    </div>
  );
}
