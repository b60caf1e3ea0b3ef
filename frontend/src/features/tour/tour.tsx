'use client';

import * as Dialog from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useState } from 'react';
import type { Box } from './model';
import { placeOf, stepsFor } from './model';

const CARD_WIDTH = 340;
const AROUND = 4;

const partOf = (at: string) => [...document.querySelectorAll(`[data-tour="${at}"]`)].find((each) => each.getClientRects().length > 0) ?? null;

/** Walks along the parts of the frame, one sentence or two each. Escape leaves it at any moment. */
export default function Tour({ onEnd }: { onEnd: () => void }) {
  const [steps] = useState(() => stepsFor((at) => partOf(at) !== null));
  const [index, setIndex] = useState(0);
  const step = steps[index];
  const box = useBoxOf(step?.at);
  const isLast = index === steps.length - 1;
  useEffect(() => {
    if (steps.length === 0) onEnd();
  }, [steps, onEnd]);
  if (!step || !box) return null;
  const go = (by: number) => setIndex((was) => Math.min(Math.max(0, was + by), steps.length - 1));
  const place = placeOf(box, { width: document.documentElement.clientWidth, height: window.innerHeight }, CARD_WIDTH);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onEnd()}>
      <Dialog.Portal>
        <div
          aria-hidden
          className="pointed-at pointer-events-none fixed z-40 shadow-[0_0_0_200vmax_rgb(var(--background)/0.6)]"
          style={{ left: box.left - AROUND, top: box.top - AROUND, width: box.right - box.left + 2 * AROUND, height: box.bottom - box.top + 2 * AROUND }}
        />
        <Dialog.Content
          className="fixed z-50 flex flex-col gap-3 overflow-y-auto rounded border border-line bg-surface p-4 shadow-float outline-none"
          style={place}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') go(1);
            if (event.key === 'ArrowLeft') go(-1);
          }}
          // What offered it may be gone by then.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.getElementById('main')?.focus({ preventScroll: true });
          }}
        >
          <div className="flex items-start justify-between gap-3">
            <div aria-live="polite" className="min-w-0">
              <p className="text-12 text-muted">
                {index + 1} of {steps.length}
              </p>
              <Dialog.Title className="text-16 font-semibold">{step.title}</Dialog.Title>
              <Dialog.Description className="pt-1 text-13">{step.words}</Dialog.Description>
            </div>
            <Dialog.Close className="control w-8 flex-none justify-center px-0" aria-label="Leave the tour">
              <X className="icon" aria-hidden />
            </Dialog.Close>
          </div>
          <div className="flex justify-end gap-2">
            {index > 0 && (
              <button type="button" className="control" onClick={() => go(-1)}>
                Back
              </button>
            )}
            {/* The same button throughout: it keeps the focus from step to step. */}
            <button ref={focusAtFirst} type="button" className="control border-accent font-medium text-accent" onClick={() => (isLast ? onEnd() : go(1))}>
              {isLast ? 'Done' : 'Next'}
            </button>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const focusAtFirst = (button: HTMLButtonElement | null) => button?.focus();

/** Where a part of the frame is on the screen, followed while the window changes. */
function useBoxOf(at: string | undefined): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      const part = at === undefined ? null : partOf(at);
      if (!part) return setBox(null);
      const { left, top, right, bottom } = part.getBoundingClientRect();
      setBox({ left, top, right, bottom });
    };
    measure();
    window.addEventListener('resize', measure);
    window.addEventListener('scroll', measure, true);
    return () => {
      window.removeEventListener('resize', measure);
      window.removeEventListener('scroll', measure, true);
    };
  }, [at]);
  return box;
}
