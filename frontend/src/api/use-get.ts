'use client';

import useSWR from 'swr';
import type { Answer, GetPath, Params } from './client';
import { get } from './client';
import type { Problem } from './problem';

/** Everything an answer can be; every screen draws each of them. */
export type Resource<T> =
  | { state: 'idle' }
  | { state: 'loading' }
  | { state: 'failed'; problem: Problem; retry: () => void }
  | {
      state: 'ready';
      data: T;
      /** When it arrived, on this machine's clock. */
      receivedAt: number;
      /** The latest attempt to renew it failed: what is shown is old. */
      problem: Problem | null;
      retry: () => void;
    };

interface Options {
  /** Ask again this often; 0 asks once (a past state does not change). */
  every?: number;
  /** Keep showing the former answer while another question is asked. */
  keep?: boolean;
}

/** Asks a question of the API, again and again while the page is looked at. A null path asks nothing. */
export function useGet<Path extends GetPath>(path: Path | null, params: Params<Path>, { every = 0, keep = false }: Options = {}): Resource<Answer<Path>> {
  const { data, error, mutate } = useSWR<Stamped<Answer<Path>>, Problem>(
    path === null ? null : [path, params],
    async () => ({ answer: await get(path as Path, params), receivedAt: Date.now() }),
    {
      refreshInterval: every,
      keepPreviousData: keep,
      revalidateOnFocus: every > 0,
      revalidateIfStale: true,
      dedupingInterval: 800,
      errorRetryInterval: 4_000,
      shouldRetryOnError: (problem: Problem) => problem.isUnreachable || (problem.status ?? 0) >= 500,
    },
  );
  const retry = () => void mutate();
  if (data !== undefined) {
    return { state: 'ready', data: data.answer, receivedAt: data.receivedAt, problem: error ?? null, retry };
  }
  if (path === null) return { state: 'idle' };
  if (error) return { state: 'failed', problem: error, retry };
  return { state: 'loading' };
}

interface Stamped<T> {
  answer: T;
  receivedAt: number;
}
