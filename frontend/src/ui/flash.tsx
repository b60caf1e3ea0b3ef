'use client';

import { useEffect, useRef } from 'react';
import { cx } from '@/lib/cx';
import { directionOf, flash } from './flash-mark';

interface FlashProps {
  value: number | null | undefined;
  text: string;
  className?: string;
}

/** A number whose background lights up once, for 400 ms, when it changes; an edge above says up and one below says down, so that colour is not needed. It never moves. */
export function Flash({ value, text, className }: FlashProps) {
  const element = useRef<HTMLSpanElement>(null);
  const before = useRef(value);

  useEffect(() => {
    const direction = directionOf(before.current, value);
    before.current = value;
    if (element.current && direction) flash(element.current, direction);
  }, [value]);

  return (
    <span ref={element} className={cx('-mx-1 inline-block rounded px-1', className)}>
      {text}
    </span>
  );
}
