/** Lays a delta over a document: what did not change stays the very same object, so that nobody draws it again. */

type Json = Record<string, unknown>;

/** By which field the elements of a topic's list are told apart: `[list, key]` by the topic's kind. */
const KEYED: Record<string, readonly [string, string]> = {
  board: ['contracts', 'symbol'],
  curve: ['points', 'symbol'],
  chain: ['rows', 'strike'],
  system: ['items', 'feed'],
};

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The document after a delta of its topic. Neither is changed. */
export function overlay<T>(topic: string, document: T, delta: unknown): T {
  if (!isObject(document) || !isObject(delta)) return delta as T;
  const keyed = KEYED[topic.slice(0, topic.indexOf(':'))];
  return merged(document, delta, keyed) as T;
}

function merged(before: Json, delta: Json, keyed?: readonly [string, string]): Json {
  let after: Json | null = null;
  for (const name of Object.keys(delta)) {
    const was = before[name];
    const value = keyed && name === keyed[0] ? elements(was, delta[name], keyed[1]) : laid(was, delta[name]);
    if (Object.is(was, value) && name in before) continue;
    // A document has no such field; assigned, it would become a prototype.
    if (name === '__proto__') continue;
    after ??= { ...before };
    after[name] = value;
  }
  return after ?? before;
}

function laid(was: unknown, value: unknown): unknown {
  return isObject(was) && isObject(value) ? merged(was, value) : value;
}

/** A list of which only changed elements came; their places stay. One that was not there is no part of a delta and is left out. */
function elements(was: unknown, changed: unknown, key: string): unknown {
  if (!Array.isArray(was) || !Array.isArray(changed)) return changed;
  if (changed.length === 0) return was;
  const byKey = new Map<unknown, Json>(changed.filter(isObject).map((each) => [each[key], each]));
  let after: unknown[] | null = null;
  was.forEach((element: unknown, index) => {
    const change = isObject(element) ? byKey.get(element[key]) : undefined;
    if (change === undefined) return;
    const value = merged(element as Json, change);
    if (value === element) return;
    after ??= [...(was as unknown[])];
    after[index] = value;
  });
  return after ?? was;
}
