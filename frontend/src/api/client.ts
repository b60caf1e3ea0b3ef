import createClient from 'openapi-fetch';
import { REQUEST_TIMEOUT_MS } from '@/config/desk';
import { browserSession } from './browser-session';
import type { paths } from './generated/schema';
import { Problem, problemFrom, unreachable } from './problem';

/** Same origin, relative addresses: one build serves every host. */
const client = createClient<paths>({ baseUrl: '', credentials: 'same-origin', fetch: browserSession.fetch });

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Lower<M extends Method> = Lowercase<M>;

/** The paths that take a method. */
export type PathOf<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends { [K in Lower<M>]: { responses: unknown } } ? Path : never;
}[keyof paths];

type OperationOf<M extends Method, Path> = Path extends keyof paths ? (paths[Path] extends { [K in Lower<M>]: infer Operation } ? Operation : never) : never;

type Json<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : undefined;

type Success<Responses> = Responses extends { 200: infer R } ? Json<R> : Responses extends { 201: infer R } ? Json<R> : undefined;

/** What a successful call answers with; `undefined` for an answer without a body. */
export type AnswerOf<M extends Method, Path> = OperationOf<M, Path> extends { responses: infer Responses } ? Success<Responses> : never;

type Part<Operation, Name extends 'path' | 'query'> = Operation extends { parameters: { [K in Name]?: infer Value } } ? Exclude<Value, undefined> : never;

type BodyOf<Operation> = Operation extends { requestBody?: { content: { 'application/json': infer Body } } } ? Body : undefined;

export interface Sending<M extends Method, Path> {
  path?: Part<OperationOf<M, Path>, 'path'>;
  query?: Part<OperationOf<M, Path>, 'query'>;
  body?: BodyOf<OperationOf<M, Path>>;
  headers?: Record<string, string>;
}

export type GetPath = {
  [Path in PathOf<'GET'>]: AnswerOf<'GET', Path> extends undefined ? never : Path;
}[PathOf<'GET'>];

export type Answer<Path extends GetPath> = Exclude<AnswerOf<'GET', Path>, undefined>;
export type Params<Path extends GetPath> = Pick<Sending<'GET', Path>, 'path' | 'query'>;

interface Raw {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** Calls the API; an answer that is no success becomes a `Problem`. */
export async function call<M extends Method, Path extends PathOf<M>>(method: M, path: Path, { path: inPath, query, body, headers }: Sending<M, Path>): Promise<AnswerOf<M, Path>> {
  const ask = client[method] as unknown as (path: Path, init: unknown) => Promise<Raw>;
  const init = { params: { path: inPath, query }, body, headers, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) };
  const answer = await ask(path, init).catch((error: unknown) => {
    throw error instanceof Problem ? error : unreachable();
  });
  if (!answer.response.ok) throw problemFrom(answer.error, answer.response.status, answer.response.headers);
  return answer.data as AnswerOf<M, Path>;
}

/** Asks the API for what changes nothing. */
export async function get<Path extends GetPath>(path: Path, params: Params<Path>): Promise<Answer<Path>> {
  const answer = await call('GET', path, params as Sending<'GET', Path>);
  if (answer === undefined) throw problemFrom(null, 204);
  return answer as Answer<Path>;
}
