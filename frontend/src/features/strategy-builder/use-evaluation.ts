'use client';

import { useEffect, useMemo, useState } from 'react';
import useSWR from 'swr';
import type { Problem } from '@/api/problem';
import { send } from '@/api/send';
import { useAsOf } from '@/api/use-as-of';
import { POLL_MS } from '@/config/desk';
import { readOptionSymbol, type LinkLeg } from '@/lib/strategy-link';
import { isFlowing } from '@/stream/over';
import { chainTopic } from '@/stream/topics';
import { useTopics } from '@/stream/use-topic';
import type { Entry, Question, Shifts } from './model';
import { questionOf } from './model';
import type { Chain } from './templates';
import type { Evaluation } from './valuation';

const STILL_MS = 140;

/** A value once it has stood still for a moment: a slider asks when it rests, not at every step. */
export function useStill<T>(value: T, milliseconds = STILL_MS): T {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return still;
}

export interface Asked {
  evaluation: Evaluation | null;
  /** Asking failed: what is shown, if anything, is from before. */
  problem: Problem | null;
  retry: () => void;
}

/** What the server says of the legs under the changes, asked again as the market moves. */
export function useEvaluation(legs: readonly LinkLeg[], entry: Entry, shifts: Shifts): Asked {
  const { asOf, every } = useAsOf();
  const [horizonDays, setHorizonDays] = useState<number | null>(null);
  const question = questionOf(legs, entry, shifts, asOf, horizonDays === null ? null : Math.ceil(horizonDays * 100) / 100);
  const still = useStill(JSON.stringify(legs.length > 0 ? question : null));
  const { data, error, mutate } = useSWR<Evaluation, Problem>(
    still === 'null' ? null : ['strategy', still],
    async () => (await send('POST', '/api/v1/strategies/evaluate', { body: JSON.parse(still) as Question })) as Evaluation,
    {
      refreshInterval: every(POLL_MS.prices),
      keepPreviousData: true,
      dedupingInterval: 300,
      shouldRetryOnError: (problem: Problem) => problem.isUnreachable || (problem.status ?? 0) >= 500,
      errorRetryInterval: 4_000,
    },
  );
  const found = data?.horizon?.days ?? null;
  useEffect(() => {
    // The days asked for follow the horizon in steps: with every tick of the clock the question would be another.
    setHorizonDays((before) => (found === null || (before !== null && Math.abs(before - found) < 0.25) ? before : found));
  }, [found]);
  const isOfTheseLegs = data !== undefined && legs.length === data.legs.length && legs.every((leg, place) => leg.symbol === data.legs[place]?.symbol && leg.quantity === data.legs[place]?.quantity);
  return { evaluation: isOfTheseLegs ? data : null, problem: error ?? null, retry: () => void mutate() };
}

export interface LiveSide {
  bid: number | null;
  ask: number | null;
  mark: number | null;
}

/** Newest bid, ask and mark of each option leg, as the chain's own topics tell them. */
export function useLiveLegs(legs: readonly LinkLeg[]): ReadonlyMap<string, LiveSide> {
  const { isLive } = useAsOf();
  const wanted = useMemo(() => {
    const options = legs.map((leg) => readOptionSymbol(leg.symbol)).filter((each) => each !== null);
    return isLive ? [...new Set(options.map(({ root, expiry }) => chainTopic(root, expiry)))] : [];
  }, [legs, isLive]);
  const told = useTopics<Chain>(wanted);
  return useMemo(() => {
    const symbols = new Set(legs.map((leg) => leg.symbol));
    const found = new Map<string, LiveSide>();
    for (const view of told.values()) {
      if (!isFlowing(view) || !view.data) continue;
      for (const row of view.data.rows) for (const side of [row.call, row.put]) if (side && symbols.has(side.symbol)) found.set(side.symbol, side);
    }
    return found;
  }, [told, legs]);
}
