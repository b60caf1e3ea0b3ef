import { overlay } from './overlay';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Row = { strike: number; call: { bid: number | null; ask: number | null; ladder: number[] } | null; put: { bid: number | null } | null };
interface Chain {
  forward: number | null;
  units: { iv: string };
  tags: string[];
  rows: Row[];
}

/** A repeatable dice. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const price = (random: () => number) => (random() < 0.15 ? null : Math.round(random() * 1000) / 10);

function chainOf(random: () => number, strikes: number): Chain {
  return {
    forward: price(random),
    units: { iv: 'year' },
    tags: ['a', 'b'].slice(0, Math.floor(random() * 3)),
    rows: Array.from({ length: strikes }, (_, index) => ({
      strike: 100 + 5 * index,
      call: random() < 0.1 ? null : { bid: price(random), ask: price(random), ladder: [Math.floor(random() * 3)] },
      put: random() < 0.1 ? null : { bid: price(random) },
    })),
  };
}

/** The delta between two documents of the same rows, as the brief of the stream has it: written apart from `overlay`. */
function difference(before: Json, after: Json, path: string[] = []): Json | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  if (path.join() === 'rows') {
    const rows = after as Array<{ strike: number }>;
    return rows.flatMap((row, index) => {
      const change = difference((before as Json[])[index] ?? null, row as Json, [...path, '']) as object | undefined;
      return change === undefined ? [] : [{ ...change, strike: row.strike }];
    });
  }
  const isObject = (value: Json): value is { [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(before) || !isObject(after)) return after;
  const changed = Object.keys(after).flatMap((name) => {
    const change = difference(before[name] ?? null, after[name] ?? null, [...path, name]);
    return change === undefined ? [] : [[name, change] as const];
  });
  return Object.fromEntries(changed);
}

describe('a delta over a document', () => {
  it('gives the document that the delta was made from, for any two states', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = dice(seed);
      const strikes = Math.floor(random() * 12);
      let document = chainOf(random, strikes);
      for (let step = 0; step < 4; step++) {
        const next = chainOf(random, strikes);
        const delta = difference(document as unknown as Json, next as unknown as Json) ?? {};
        const before = JSON.stringify(document);
        const after = overlay('chain:CL:2026-03-17', document, delta);
        expect(after).toEqual(next);
        expect(JSON.stringify(document)).toBe(before);
        document = after;
      }
    }
  });

  it('leaves unchanged rows the very same objects, and the whole where nothing changed', () => {
    const chain = chainOf(dice(7), 20);
    const delta = { rows: [{ strike: 110, put: { bid: 77.7 } }] };
    const after = overlay('chain:CL:2026-03-17', { ...chain, rows: chain.rows.map((row) => ({ ...row, put: row.put ?? { bid: 1 } })) }, delta);
    const again = overlay('chain:CL:2026-03-17', after, delta);
    expect(again).toBe(after);
    const next = overlay('chain:CL:2026-03-17', after, { rows: [{ strike: 110, put: { bid: 78 } }] });
    expect(next.rows.filter((row, index) => row !== after.rows[index]).map((row) => row.strike)).toEqual([110]);
    expect(next.rows[2]?.call).toBe(after.rows[2]?.call);
  });

  it('takes null for a value and any other list whole', () => {
    const before = { contracts: [{ symbol: 'A', quote: { bid: 1 } }], sources: ['x', 'y'], front: { symbol: 'A' } as { symbol: string } | null };
    const after = overlay('board:CL', before, { contracts: [{ symbol: 'A', quote: { bid: null } }], sources: ['y'], front: null });
    expect(after).toEqual({ contracts: [{ symbol: 'A', quote: { bid: null } }], sources: ['y'], front: null });
  });

  it('knows the key of each kind, with a source in the name too', () => {
    expect(overlay('curve:CL@simulated', { points: [{ symbol: 'A', price: 1 }, { symbol: 'B', price: 2 }] }, { points: [{ symbol: 'B', price: 3 }] }).points).toEqual([{ symbol: 'A', price: 1 }, { symbol: 'B', price: 3 }]);
    expect(overlay('system:feeds', { items: [{ feed: 'simulated', state: 'live' }] }, { items: [{ feed: 'simulated', state: 'stale' }] }).items).toEqual([{ feed: 'simulated', state: 'stale' }]);
  });

  it('lets no name reach a prototype', () => {
    const after = overlay('board:CL', { name: 'x' }, JSON.parse('{"__proto__":{"polluted":true}}'));
    expect((after as { polluted?: boolean }).polluted).toBeUndefined();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
