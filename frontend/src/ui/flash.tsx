'use client';

import { useEffect, useRef } from 'react';
import { cx } from '@/lib/cx';

const FLASH_MS = 400;
/** A cell that changes again in the same direction while it still shines need not be lit again. */
const SHINES_MS = 150;

interface FlashProps {
  value: number | null | undefined;
  text: string;
  className?: string;
}

let stillness: MediaQueryList | null = null;

/** Asked of the browser once; it keeps the answer current. */
function wantsStillness(): boolean {
  stillness ??= window.matchMedia('(prefers-reduced-motion: reduce)');
  return stillness.matches;
}

/** A number whose background lights up once, for 400 ms, when it changes; an edge above says up and one below says down, so that colour is not needed. It never moves. */
export function Flash({ value, text, className }: FlashProps) {
  const element = useRef<HTMLSpanElement>(null);
  const before = useRef(value);
  const shining = useRef<{ animation: Animation; direction: string; since: number } | null>(null);

  useEffect(() => {
    const was = before.current;
    before.current = value;
    const node = element.current;
    if (!node || was == null || value == null || was === value) return;
    const direction = value > was ? 'up' : 'down';
    node.dataset.tick = direction;
    if (wantsStillness() || typeof node.animate !== 'function') return;
    const since = performance.now();
    if (shining.current?.direction === direction && since - shining.current.since < SHINES_MS) return;
    shining.current?.animation.cancel();
    const edge = `inset 0 ${direction === 'up' ? 2 : -2}px 0 rgb(var(--${direction}))`;
    const animation = node.animate([{ backgroundColor: `rgb(var(--${direction}) / 0.35)`, boxShadow: edge }, { backgroundColor: 'transparent', boxShadow: 'inset 0 0 0 transparent' }], { duration: FLASH_MS, easing: 'ease-out' });
    shining.current = { animation, direction, since };
  }, [value]);

  return (
    <span ref={element} className={cx('-mx-1 inline-block rounded px-1', className)}>
      {text}
    </span>
  );
}
