'use client';

import { useAsOf } from '@/api/use-as-of';
import { cx } from '@/lib/cx';

interface OfferProps {
  onStart: () => void;
  onDecline: () => void;
}

/** Offers the tour and is in nobody's way: a part of the page, above nothing. Who was sent to a moment of the past is not asked. */
export function TourOffer({ onStart, onDecline, isRow = false }: OfferProps & { isRow?: boolean }) {
  const { isLive, ahead } = useAsOf();
  if (!isLive || ahead !== null) return null;
  return (
    <section
      aria-label="New here?"
      className={cx('text-13 print:hidden', isRow ? 'flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-b border-line bg-raised px-3 py-2' : 'mb-1 flex flex-col gap-3 rounded border border-line bg-raised p-3')}
    >
      <p>
        <span className="font-medium">New here?</span> <span className={cx(isRow && 'max-sm:hidden')}>One minute shows what is where.</span>
      </p>
      <div className={cx('flex gap-2', !isRow && 'flex-col')}>
        <button type="button" className="control justify-center border-accent font-medium text-accent" onClick={onStart}>
          Take the tour
        </button>
        <button type="button" className="control justify-center" onClick={onDecline}>
          No thanks
        </button>
      </div>
    </section>
  );
}
