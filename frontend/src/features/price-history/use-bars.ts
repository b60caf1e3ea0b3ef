'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import type { Resource } from '@/api/use-get';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import type { Bar } from '@/lib/bars';
import { barsOf, continued, extended, grown, united } from '@/lib/bars';
import { isFlowing } from '@/stream/over';
import { barsTopic } from '@/stream/topics';
import { useTopic } from '@/stream/use-topic';
import type { Bars, Interval } from './model';
import { secondsOf } from './model';

interface Told {
  items: Bars['items'];
}

const MOST_KEPT = 2_000;
const ASKED = 500;
/** Two hours: the longest bar that is made here of minutes is one. */
const MINUTES_ASKED = 120;
const NONE: readonly Bar[] = [];

export interface BarsOf {
  resource: Resource<Bars>;
  bars: readonly Bar[];
  isLive: boolean;
}

/**
 * The bars of a contract: asked for, and from then on told as they form. Whoever uses it is made anew (by its `key`)
 * for another contract, length or moment.
 */
export function useBars(symbol: string, interval: Interval, source?: string): BarsOf {
  const { asOf, every } = useAsOf();
  const told = useTopic<Told>(asOf ? null : barsTopic(symbol, interval === '1s' ? '1s' : '1m', source));
  const isLive = asOf === undefined && isFlowing(told);
  const isFine = interval === '1s' || interval === '1m';
  const options = { every: every(isLive ? POLL_MS.slow : POLL_MS.curve) };
  const path = '/api/v1/instruments/{symbol}/bars' as const;
  const resource = useGet(path, { path: { symbol }, query: { interval, as_of: asOf, source, limit: ASKED } }, options);
  const minutes = useGet(isFine || asOf ? null : path, { path: { symbol }, query: { interval: '1m', source, limit: MINUTES_ASKED } }, options);

  const recorded = useKept(resource);
  const recordedMinutes = useKept(minutes);
  const heard = useHeard(told.data);
  useRenewedAfterLoss(told.state === 'disconnected', [resource, minutes]);

  const bars = useMemo(() => {
    if (asOf || !recorded) return recorded?.bars ?? NONE;
    const length = secondsOf(interval);
    if (isFine) return continued(recorded.bars, recorded.at, heard, length);
    const fine = continued(recordedMinutes?.bars ?? NONE, recordedMinutes?.at ?? 0, heard, 60);
    return interval === '1d' ? extended(recorded.bars, recorded.at, fine) : grown(recorded.bars, fine, length);
  }, [asOf, recorded, recordedMinutes, heard, interval, isFine]);
  return { resource, bars, isLive };
}

/** All that answers held so far: what is drawn does not lose its beginning with each one. */
function useKept(resource: Resource<Bars>): { bars: readonly Bar[]; at: number } | null {
  const kept = useRef<readonly Bar[]>(NONE);
  const answer = resource.state === 'ready' ? resource.data : null;
  return useMemo(() => {
    if (!answer) return null;
    kept.current = united(kept.current, barsOf(answer.items), MOST_KEPT);
    return { bars: kept.current, at: Date.parse(answer.as_of) / 1000 };
  }, [answer]);
}

/** All bars that were told since the page looks. */
function useHeard(told: Told | null): readonly Bar[] {
  const [heard, hear] = useState<readonly Bar[]>(NONE);
  useEffect(() => {
    if (told) hear((before) => united(before, barsOf(told.items), MOST_KEPT));
  }, [told]);
  return heard;
}

/** What was missed while the line was cut is asked for once it is back. */
function useRenewedAfterLoss(isCut: boolean, resources: ReadonlyArray<Resource<Bars>>): void {
  const wasCut = useRef(false);
  const asked = useRef(resources);
  asked.current = resources;
  useEffect(() => {
    if (wasCut.current && !isCut) asked.current.forEach((each) => 'retry' in each && each.retry());
    wasCut.current = isCut;
  }, [isCut]);
}
