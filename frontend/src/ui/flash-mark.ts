/** Lights a cell whose number changed: an attribute that the style sheet paints, taken off again with all others that are due. */

export type Direction = 'up' | 'down';

const FLASH_MS = 400;
/** Cells are put out together, so that a busy table pays for one picture and not for hundreds. */
const SWEEP_MS = 100;

const lit = new Map<HTMLElement, number>();
let sweep: ReturnType<typeof setTimeout> | undefined;
let stillness: MediaQueryList | null = null;

/** Asked of the browser once; it keeps the answer current. */
function wantsStillness(): boolean {
  stillness ??= typeof window.matchMedia === 'function' ? window.matchMedia('(prefers-reduced-motion: reduce)') : null;
  return stillness?.matches ?? false;
}

/** Where a number went, or null where nothing can be said. */
export function directionOf(was: number | null | undefined, is: number | null | undefined): Direction | null {
  if (was == null || is == null || was === is) return null;
  return is > was ? 'up' : 'down';
}

/** Lights the element for 400 ms from now. Where motion is unwelcome the mark of the direction stays instead. */
export function flash(element: HTMLElement, direction: Direction): void {
  if (element.dataset.tick !== direction) element.dataset.tick = direction;
  if (wantsStillness()) return;
  // The last lit stands last: who is due stands first.
  lit.delete(element);
  lit.set(element, performance.now() + FLASH_MS);
  sweep ??= setTimeout(putOut, FLASH_MS);
}

function putOut(): void {
  sweep = undefined;
  const soon = performance.now() + SWEEP_MS / 2;
  for (const [element, until] of lit) {
    if (until > soon) break;
    lit.delete(element);
    delete element.dataset.tick;
  }
  if (lit.size > 0) sweep = setTimeout(putOut, SWEEP_MS);
}
