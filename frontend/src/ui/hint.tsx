'use client';

import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { cx } from '@/lib/cx';

interface Shown {
  text: string;
  x: number;
  top: number;
  bottom: number;
}

const GAP = 6;
const HALF_WIDTH = 140;

/**
 * One floating explanation for the page: whatever carries `data-hint` shows it on hover, focus or tap,
 * so that a table of a thousand cells needs no thousand tooltips.
 */
export function HintLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const owner = useRef<Element | null>(null);

  useEffect(() => {
    const hide = () => {
      owner.current?.removeAttribute('aria-describedby');
      owner.current = null;
      setShown(null);
    };
    const show = (target: EventTarget | null) => {
      const element = target instanceof Element ? target.closest('[data-hint]') : null;
      if (element === owner.current) return;
      hide();
      const text = element?.getAttribute('data-hint');
      if (!element || !text) return;
      owner.current = element;
      element.setAttribute('aria-describedby', 'hint');
      const box = element.getBoundingClientRect();
      const middle = box.left + box.width / 2;
      const x = Math.min(Math.max(middle, HALF_WIDTH + 8), Math.max(HALF_WIDTH + 8, window.innerWidth - HALF_WIDTH - 8));
      setShown({ text, x, top: box.top, bottom: box.bottom });
    };
    const overHint = (target: EventTarget | null) => target instanceof Element && target.id === 'hint';
    const onOver = (event: PointerEvent) => {
      if (event.pointerType !== 'touch' && !overHint(event.target)) show(event.target);
    };
    const onFocus = (event: FocusEvent) => show(event.target);
    const onClick = (event: MouseEvent) => show(event.target);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', onOver);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('click', onClick);
    document.addEventListener('keydown', onKey);
    document.addEventListener('scroll', hide, true);
    return () => {
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('click', onClick);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('scroll', hide, true);
    };
  }, []);

  if (!shown) return null;
  const below = shown.top < 90;
  return (
    <div
      id="hint"
      role="tooltip"
      className={cx('fixed z-50 w-max max-w-[280px] -translate-x-1/2 rounded border border-line bg-raised px-3 py-2 text-12 text-text shadow-float', !below && '-translate-y-full')}
      style={{ left: shown.x, top: below ? shown.bottom + GAP : shown.top - GAP }}
    >
      {shown.text}
    </div>
  );
}

/** A word that explains itself. */
export function Explained({ children, hint, className }: { children: ReactNode; hint: string; className?: string }) {
  return (
    // A word with an explanation must be reachable by keyboard, although it does nothing when pressed.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <span className={cx('term', className)} data-hint={hint} tabIndex={0}>
      {children}
    </span>
  );
}

/** Stands where a number would be, and says on hover or focus why there is none. */
export function Missing({ reason, focusable = false }: { reason: string; focusable?: boolean }) {
  return (
    // In a table that is no grid of cells, the dot itself has to take the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <span className="inline-block min-w-3 cursor-help text-center text-muted" data-hint={reason} aria-label={reason} role="img" tabIndex={focusable ? 0 : undefined}>
      ·
    </span>
  );
}
