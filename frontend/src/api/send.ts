import type { AnswerOf, Method, PathOf, Sending } from './client';
import { call } from './client';

type Changing = Exclude<Method, 'GET'>;

/** Sends what changes something; throws a `Problem`, whose `errors` name the fields that are wrong. */
export function send<M extends Changing, Path extends PathOf<M>>(method: M, path: Path, sending: Sending<M, Path> = {}): Promise<AnswerOf<M, Path>> {
  return call(method, path, sending);
}
