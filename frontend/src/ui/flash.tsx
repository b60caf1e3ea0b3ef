'use client';

import { useEffect, useRef } from 'react';
import { cx } from '@/lib/cx';

const FLASH_MS = 400;

interface FlashProps {
  value: number | null | undefined;
  text: string;
  className?: string;
}

/** A number whose background lights up once, for 400 ms, when it changes; it never moves. */
export function Flash({ value, text, className }: FlashProps) {
  const element = useRef<HTMLSpanElement>(null);
  const before = useRef(value);

  useEffect(() => {
    const was = before.current;
    before.current = value;
    const node = element.current;
    if (!node || was == null || value == null || was === value) return;
    const direction = value > was ? 'up' : 'down';
    node.dataset.tick = direction;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (still || typeof node.animate !== 'function') return;
    node.animate([{ backgroundColor: `rgb(var(--${direction}) / 0.35)` }, { backgroundColor: 'transparent' }], { duration: FLASH_MS, easing: 'ease-out' });
  }, [value]);

  return (
    <span ref={element} className={cx('-mx-1 inline-block rounded px-1', className)}>
      {text}
    </span>
  );
}
