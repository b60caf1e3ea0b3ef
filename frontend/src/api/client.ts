import createClient from 'openapi-fetch';
import { REQUEST_TIMEOUT_MS } from '@/config/desk';
import type { paths } from './generated/schema';
import { problemFrom, unreachable } from './problem';

/** Same origin, relative addresses: one build serves every host. */
const client = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });

export type GetPath = {
  [Path in keyof paths]: paths[Path] extends { get: { responses: { 200: { content: { 'application/json': unknown } } } } } ? Path : never;
}[keyof paths];

type Operation<Path extends GetPath> = paths[Path] extends { get: infer Get } ? Get : never;

export type Answer<Path extends GetPath> = Operation<Path> extends { responses: { 200: { content: { 'application/json': infer Body } } } } ? Body : never;

type Part<Path extends GetPath, Name extends 'path' | 'query'> = Operation<Path> extends { parameters: { [K in Name]?: infer Value } } ? Exclude<Value, undefined> : never;

export interface Params<Path extends GetPath> {
  path?: Part<Path, 'path'>;
  query?: Part<Path, 'query'>;
}

/** Asks the API; an answer that is not 200 becomes a `Problem`. */
export async function get<Path extends GetPath>(path: Path, params: Params<Path>): Promise<Answer<Path>> {
  const ask = client.GET as unknown as (
    path: Path,
    init: { params: Params<Path>; signal: AbortSignal },
  ) => Promise<{ data?: Answer<Path>; error?: unknown; response: Response }>;
  const answer = await ask(path, { params, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) }).catch(() => {
    throw unreachable();
  });
  if (!answer.response.ok || answer.data === undefined) throw problemFrom(answer.error, answer.response.status);
  return answer.data;
}
