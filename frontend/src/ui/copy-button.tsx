'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cx } from '@/lib/cx';

const SHOWN_MS = 2_000;

/** Puts a text on the clipboard and says so. Where the browser gives none, the text is to be selected by hand. */
export function CopyButton({ text, label, words = 'Copy', className }: { text: string; label: string; words?: string; className?: string }) {
  const [state, setState] = useState<'idle' | 'done' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => setState((await copied(text)) ? 'done' : 'refused');
  const Icon = state === 'done' ? Check : Copy;
  return (
    <>
      <button type="button" onClick={() => void copy()} aria-label={label} className={cx('control flex-none', className)}>
        <Icon className={cx('icon', state === 'done' && 'text-up')} aria-hidden />
        {state === 'done' ? 'Copied' : state === 'refused' ? 'Select it by hand' : words}
      </button>
      <span role="status" className="sr-only">
        {state === 'done' && 'Copied'}
        {state === 'refused' && 'The browser does not let us copy. Select the text by hand.'}
      </span>
    </>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedFromField(text); // Without https the browser offers no clipboard, but still knows the old command.
  }
}

function copiedFromField(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('aria-hidden', 'true');
  field.style.cssText = 'position:fixed;opacity:0';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
