'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { cx } from '@/lib/cx';
import { useShortcuts } from './shortcuts';

interface Shown {
  text: string;
  /** Where more about it is told. */
  address: string | null;
  x: number;
  top: number;
  bottom: number;
}

const GAP = 6;
const HALF_WIDTH = 140;
/** So long the pointer may take on its way from the word to what is said about it. */
const LEAVE_MS = 200;
const LOOK_EVERY_MS = 200;

interface HintLayerProps {
  /** Where more about an explanation is told, if anywhere. */
  addressOf?: (text: string) => string | null;
  /** Where everything is explained. */
  allAt?: () => string;
}

const hintOver = (target: EventTarget | null): Element | null => (target instanceof Element ? target.closest('[data-hint]') : null);
const isInHint = (target: EventTarget | null): boolean => target instanceof Element && target.closest('#hint') !== null;

/**
 * One floating explanation for the page: whatever carries `data-hint` shows it on hover, focus or tap,
 * so that a table of a thousand cells needs no thousand tooltips.
 */
export function HintLayer({ addressOf, allAt }: HintLayerProps) {
  const [shown, setShown] = useState<Shown | null>(null);
  const owner = useRef<Element | null>(null);
  const telling = useRef(addressOf);
  useEffect(() => {
    telling.current = addressOf;
  });
  const router = useRouter();
  const lookUp = () => {
    const text = (hintOver(document.activeElement) ?? owner.current)?.getAttribute('data-hint');
    const address = (text && addressOf?.(text)) ?? allAt?.();
    if (address) router.push(address);
  };
  useShortcuts('Everywhere', allAt ? [{ keys: 'w', words: 'Look up the word in focus', run: lookUp }] : []);

  useEffect(() => {
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const stay = () => {
      clearTimeout(leaving);
      leaving = undefined;
    };
    const hide = () => {
      stay();
      owner.current?.removeAttribute('aria-describedby');
      owner.current = null;
      setShown(null);
    };
    const show = (element: Element | null) => {
      if (element === owner.current) return;
      hide();
      const text = element?.getAttribute('data-hint');
      if (!element || !text) return;
      owner.current = element;
      element.setAttribute('aria-describedby', 'hint');
      const box = element.getBoundingClientRect();
      const middle = box.left + box.width / 2;
      const x = Math.min(Math.max(middle, HALF_WIDTH + 8), Math.max(HALF_WIDTH + 8, window.innerWidth - HALF_WIDTH - 8));
      setShown({ text, address: telling.current?.(text) ?? null, x, top: box.top, bottom: box.bottom });
    };
    const onOver = (event: PointerEvent) => {
      if (event.pointerType === 'touch') return;
      const element = hintOver(event.target);
      if (isInHint(event.target) || (element !== null && element === owner.current)) stay();
      else if (element !== null) show(element);
      else if (owner.current !== null) leaving ??= setTimeout(hide, LEAVE_MS);
    };
    const onChosen = (event: Event) => {
      if (!isInHint(event.target)) show(hintOver(event.target));
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', onOver);
    document.addEventListener('focusin', onChosen);
    document.addEventListener('click', onChosen);
    document.addEventListener('keydown', onKey);
    document.addEventListener('scroll', hide, true);
    window.addEventListener('popstate', hide);
    window.addEventListener('resize', hide);
    return () => {
      stay();
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('focusin', onChosen);
      document.removeEventListener('click', onChosen);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('scroll', hide, true);
      window.removeEventListener('popstate', hide);
      window.removeEventListener('resize', hide);
    };
  }, []);

  // What it explains may go without a word: another page, another tab, a row that is scrolled away.
  useEffect(() => {
    if (!shown) return;
    const looking = setInterval(() => {
      if (owner.current?.isConnected) return;
      owner.current = null;
      setShown(null);
    }, LOOK_EVERY_MS);
    return () => clearInterval(looking);
  }, [shown]);

  if (!shown) return null;
  const below = shown.top < 90;
  return (
    <div
      id="hint"
      role="tooltip"
      className={cx('fixed z-50 w-max max-w-[280px] -translate-x-1/2 rounded border border-line bg-raised px-3 py-2 text-12 text-text shadow-float print:hidden', !below && '-translate-y-full')}
      style={{ left: shown.x, top: below ? shown.bottom + GAP : shown.top - GAP }}
    >
      {shown.text}
      {shown.address && (
        // Whoever has no pointer presses w: what floats is in nobody's way of the Tab key.
        <Link href={shown.address} prefetch={false} tabIndex={-1} className="mt-1 block text-accent hover:underline" onClick={() => setShown(null)}>
          In the glossary <span className="text-muted">· w</span>
        </Link>
      )}
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
