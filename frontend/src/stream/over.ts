import type { TopicView } from './store';

interface Ready<T, P> {
  state: 'ready';
  data: T;
  receivedAt: number;
  problem: P | null;
  retry: () => void;
}

type Rest<T, P> = Ready<T, P> | { state: 'idle' } | { state: 'loading' } | { state: 'failed'; problem: P; retry: () => void };

/** Whether what a topic says is what there is now; else the page has to ask. */
export const isFlowing = (view: TopicView): boolean => view.state !== 'waiting' && view.state !== 'refused' && view.state !== 'disconnected';

/** How often a page has to ask for what a topic does not tell it. */
export const askEvery = (view: TopicView, milliseconds: number): number => (isFlowing(view) ? 0 : milliseconds);

/**
 * What is shown of a state that is both told and asked for: what flows, and where nothing flows the newer of the
 * two, with the failure of asking beside it. `cut` where it is neither told nor renewed by asking any more.
 */
export function withLive<T, P>(rest: Rest<T, P>, view: TopicView<T>): Rest<T, P> & { told?: boolean; cut?: boolean } {
  const asked = rest.state === 'ready' ? { ...rest, cut: rest.problem !== null } : rest;
  if (view.state === 'waiting' || view.state === 'refused') return asked;
  const retry = rest.state === 'ready' || rest.state === 'failed' ? rest.retry : () => undefined;
  if (view.state !== 'disconnected') return { state: 'ready', data: view.data, receivedAt: view.receivedAt, problem: null, retry, told: true, cut: false };
  if (rest.state === 'ready' && rest.receivedAt > view.receivedAt) return asked;
  const problem = rest.state === 'ready' || rest.state === 'failed' ? rest.problem : null;
  return { state: 'ready', data: view.data, receivedAt: view.receivedAt, problem, retry, told: true, cut: true };
}
