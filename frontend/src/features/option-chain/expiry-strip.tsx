'use client';

import { useEffect, useRef } from 'react';
import { cx } from '@/lib/cx';
import { formatDate, formatDay } from '@/lib/time';

interface ExpiryStripProps {
  expiries: ReadonlyArray<{ expiry: string; dte: number; contracts: number }>;
  value: string | null;
  onChange: (expiry: string) => void;
}

/** Expiries with the days they have left; the chosen one is kept in sight. */
export function ExpiryStrip({ expiries, value, onChange }: ExpiryStripProps) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = strip.current?.querySelector<HTMLElement>('[aria-pressed=true]');
    if (!chosen || !strip.current) return;
    strip.current.scrollLeft = chosen.offsetLeft - strip.current.clientWidth / 2 + chosen.clientWidth / 2;
  }, [value]);
  const year = new Date().getUTCFullYear();
  return (
    <div ref={strip} role="group" aria-label="Expiries" className="scroll-x relative flex gap-1 pb-1">
      {expiries.map(({ expiry, dte, contracts }) => {
        const chosen = expiry === value;
        return (
          <button
            key={expiry}
            type="button"
            aria-pressed={chosen}
            onClick={() => onChange(expiry)}
            data-hint={`${formatDate(expiry)}, ${contracts} options`}
            className={cx(
              'flex h-11 flex-none flex-col items-center justify-center rounded border px-3 text-13',
              chosen ? 'border-accent bg-raised font-medium text-text' : 'border-line bg-surface text-muted hover:text-text',
            )}
          >
            {formatDay(expiry, year)}
            <span className="text-12 font-normal text-muted">{dte === 0 ? 'today' : `${dte} d`}</span>
          </button>
        );
      })}
    </div>
  );
}
