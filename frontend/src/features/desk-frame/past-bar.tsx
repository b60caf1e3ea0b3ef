'use client';

import { useAsOf } from '@/api/use-as-of';
import { formatInstant } from '@/lib/time';
import { useZone } from '@/ui/preferences';
import { TimeSteps } from './time-steps';
import { useMoment } from './use-moment';

/** In the past the bar turns warn: which moment, the steps through time, and the way back. */
export function PastBar() {
  const { asOf, ahead } = useAsOf();
  const { go } = useMoment();
  const [zone] = useZone();
  const moment = asOf ?? ahead;
  if (!moment) return null;
  return (
    <div className="flex min-h-10 flex-wrap items-center justify-center gap-x-4 gap-y-1 bg-warn px-3 py-1 text-13 font-medium text-background">
      <span role="status">{ahead ? `${formatInstant(moment, zone)} has not come yet: this is now` : `You look at ${formatInstant(moment, zone)}`}</span>
      {asOf && <TimeSteps buttonClassName="num h-7 rounded border border-background/50 px-2 text-12 hover:bg-background/15 focus-visible:outline-background disabled:opacity-50" />}
      <button type="button" className="h-7 rounded bg-background px-3 font-semibold text-text focus-visible:outline-text" onClick={() => go(null)}>
        Back to live
      </button>
    </div>
  );
}
