'use client';

import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { cx } from '@/lib/cx';

interface SplitPaneProps {
  /** What the main pane shows, in a word. */
  name: string;
  main: ReactNode;
  side: ReactNode;
  /** The main pane needs more room: stand beside each other only on a very wide screen. */
  roomy?: boolean;
}

const LEAST = 320;
const MOST = 720;
const START = 400;
const STEP = 24;

const within = (width: number) => Math.min(MOST, Math.max(LEAST, width));

/** Two panes beside each other on a wide screen, the edge between them moved by pointer or arrow keys; else stacked. */
export function SplitPane({ name, main, side, roomy = false }: SplitPaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(START);

  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !box.current) return;
    setWidth(within(box.current.getBoundingClientRect().right - event.clientX));
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    setWidth((now) => within(now + step));
  };
  return (
    <div ref={box} className={cx('flex flex-col gap-4', roomy ? 'min-[1680px]:flex-row min-[1680px]:items-start min-[1680px]:gap-0' : 'xl:flex-row xl:items-start xl:gap-0')} style={{ '--side': `${width}px` } as React.CSSProperties}>
      <div className="w-full min-w-0 flex-1">{main}</div>
      {/* A separator that moves is a control, by the ARIA pattern of the window splitter. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        role="separator"
        aria-label={`Width of what stands beside the ${name}`}
        aria-orientation="vertical"
        aria-valuenow={width}
        aria-valuemin={LEAST}
        aria-valuemax={MOST}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={onKey}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onMove}
        className={cx('mx-[6px] hidden h-24 w-1 cursor-col-resize self-center rounded-full bg-line hover:bg-muted', roomy ? 'min-[1680px]:block' : 'xl:block')}
      />
      <div className={cx('min-w-0', roomy ? 'min-[1680px]:w-[var(--side)] min-[1680px]:flex-none' : 'xl:w-[var(--side)] xl:flex-none')}>{side}</div>
    </div>
  );
}
