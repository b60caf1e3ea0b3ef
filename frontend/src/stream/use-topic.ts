'use client';

import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import { deskStream } from './desk-stream';
import type { Connection } from './protocol';
import type { Heartbeat, ServerTime, TopicView } from './store';

const WAITING: TopicView<never> = { state: 'waiting', data: null, detail: null };
const NOT_YET: Connection = { state: 'connecting' };
const never = () => () => undefined;

/** What a topic says, drawn anew at most once a frame. A null topic says nothing. */
export function useTopic<T>(topic: string | null): TopicView<T> {
  const subscribe = useCallback((listener: () => void) => (topic === null ? never() : deskStream.subscribe(topic, listener)), [topic]);
  return useSyncExternalStore(subscribe, () => (topic === null ? WAITING : deskStream.read(topic)) as TopicView<T>, () => WAITING as TopicView<T>);
}

/** What many topics say, by topic; the same map while none of them changes. */
export function useTopics<T>(topics: readonly string[]): ReadonlyMap<string, TopicView<T>> {
  const key = topics.join(' ');
  const names = useMemo(() => (key ? key.split(' ') : []), [key]);
  const kept = useRef<ReadonlyMap<string, TopicView<T>>>(new Map());
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = names.map((name) => deskStream.subscribe(name, listener));
      return () => ends.forEach((end) => end());
    },
    [names],
  );
  const read = () => {
    const same = kept.current.size === names.length && names.every((name) => kept.current.get(name) === deskStream.read(name));
    if (!same) kept.current = new Map(names.map((name) => [name, deskStream.read(name) as TopicView<T>]));
    return kept.current;
  };
  return useSyncExternalStore(subscribe, read, () => kept.current);
}

export function useConnection(): Connection {
  return useSyncExternalStore(deskStream.subscribeLine, deskStream.readConnection, () => NOT_YET);
}

export function useHeartbeat(): Heartbeat | null {
  return useSyncExternalStore(deskStream.subscribeLine, deskStream.readHeartbeat, () => null);
}

export function useServerTime(): ServerTime | null {
  return useSyncExternalStore(deskStream.subscribeLine, deskStream.readTime, () => null);
}
