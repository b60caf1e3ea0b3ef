// @vitest-environment jsdom
import type { Kept } from './preference-keeper';
import { PreferenceKeeper } from './preference-keeper';
import { Problem, unreachable } from './problem';

/** A server with one document, as other devices see it. */
function server(document: Record<string, unknown> = {}) {
  const state = { kept: { document, version: Object.keys(document).length ? 1 : 0 } as Kept, loads: 0, saves: 0, refusal: null as Problem | null };
  return {
    state,
    load: async () => {
      state.loads += 1;
      if (state.refusal) throw state.refusal;
      return state.kept;
    },
    save: async (next: Kept['document'], version: number) => {
      state.saves += 1;
      if (state.refusal) throw state.refusal;
      if (version !== state.kept.version) throw new Problem('preferences_changed', 'Changed', null, 412, null);
      state.kept = JSON.parse(JSON.stringify({ document: next, version: version + 1 })) as Kept;
      return state.kept;
    },
  };
}

/** One tab of a browser whose tabs share a copy. */
function tab(at: ReturnType<typeof server>, copy: { text: string | null } = { text: null }) {
  const keeper = new PreferenceKeeper({ load: at.load, save: at.save, read: () => copy.text, write: (text) => (copy.text = text), now: () => Date.now() });
  return { keeper, copy };
}

const settled = () => vi.advanceTimersByTimeAsync(1_000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the keeper of preferences', () => {
  it('shows a change at once and sends several together', async () => {
    const at = server();
    const { keeper } = tab(at);
    keeper.start();
    await settled();
    keeper.set('theme', 'dark');
    keeper.set('density', 'dense');
    keeper.set('theme', 'light');
    expect(keeper.value('theme')).toBe('light');
    await settled();
    expect(at.state.kept.document).toEqual({ theme: 'light', density: 'dense' });
    expect(at.state.saves).toBe(1);
  });

  it('answers from the copy before the server does, and then follows the server', async () => {
    const at = server({ theme: 'dark' });
    const { keeper } = tab(at, { text: JSON.stringify({ document: { theme: 'light' }, version: 1, pending: {} }) });
    expect(keeper.value('theme')).toBe('light');
    expect(keeper.isKnown()).toBe(false);
    keeper.start();
    await settled();
    expect(keeper.value('theme')).toBe('dark');
    expect(keeper.isKnown()).toBe(true);
  });

  it('puts its change upon what another device wrote meanwhile', async () => {
    const at = server({ theme: 'dark' });
    const { keeper } = tab(at);
    keeper.start();
    await settled();
    at.state.kept = { document: { theme: 'light', zone: 'local' }, version: 7 };
    keeper.set('density', 'dense');
    await settled();
    expect(at.state.kept).toEqual({ document: { theme: 'light', zone: 'local', density: 'dense' }, version: 8 });
    expect(keeper.value('zone')).toBe('local');
  });

  it('stops trying after a few refusals in a row, and comes back later', async () => {
    const at = server({ theme: 'dark' });
    const { keeper } = tab(at);
    keeper.start();
    await settled();
    at.state.refusal = new Problem('preferences_changed', 'Changed', null, 412, null);
    keeper.set('density', 'dense');
    await settled();
    const asked = at.state.loads + at.state.saves;
    expect(asked).toBeLessThan(10);
    at.state.refusal = null;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(at.state.kept.document).toEqual({ theme: 'dark', density: 'dense' });
  });

  it('keeps a change over a server that is away, and over the end of the tab', async () => {
    const at = server();
    at.state.refusal = unreachable();
    const { keeper, copy } = tab(at);
    keeper.start();
    keeper.set('theme', 'dark');
    await settled();
    keeper.stop();
    at.state.refusal = null;
    const next = tab(at, copy);
    expect(next.keeper.value('theme')).toBe('dark');
    next.keeper.start();
    await settled();
    expect(at.state.kept.document).toEqual({ theme: 'dark' });
  });

  it('lets go of what the server will never take', async () => {
    const at = server({ theme: 'dark' });
    const { keeper } = tab(at);
    keeper.start();
    await settled();
    at.state.refusal = new Problem('too_large', 'Too large', null, 422, null);
    keeper.set('theme', 'light');
    await settled();
    expect(keeper.value('theme')).toBe('dark');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(at.state.saves).toBe(1);
  });

  it('gives a choice up', async () => {
    const at = server({ theme: 'dark', zone: 'utc' });
    const { keeper } = tab(at);
    keeper.start();
    await settled();
    keeper.set('theme', undefined);
    expect(keeper.value('theme')).toBeUndefined();
    await settled();
    expect(at.state.kept.document).toEqual({ zone: 'utc' });
  });

  it('follows another tab, whose change it sends only if that tab does not', async () => {
    const at = server();
    const first = tab(at);
    const second = tab(at, first.copy);
    first.keeper.start();
    second.keeper.start();
    await settled();
    first.keeper.set('theme', 'dark');
    second.keeper.hear();
    expect(second.keeper.value('theme')).toBe('dark');
    await settled();
    second.keeper.hear();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(at.state.saves).toBe(1);
    first.keeper.set('theme', 'light');
    second.keeper.hear();
    first.keeper.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(at.state.kept.document).toEqual({ theme: 'light' });
  });

  it('looks again when the page is looked at after a while, and keeps a value that did not change', async () => {
    const at = server({ columns: ['bid', 'ask'], theme: 'dark' });
    const { keeper } = tab(at);
    keeper.start();
    await settled();
    const columns = keeper.value('columns');
    keeper.wake();
    expect(at.state.loads).toBe(1);
    await vi.advanceTimersByTimeAsync(120_000);
    at.state.kept = { document: { columns: ['bid', 'ask'], theme: 'light' }, version: 2 };
    keeper.wake();
    await settled();
    expect(keeper.value('theme')).toBe('light');
    expect(keeper.value('columns')).toBe(columns);
  });

  it('refuses what is out of bounds, and a copy it does not understand', () => {
    const { keeper } = tab(server(), { text: '{"document":[]}' });
    expect(keeper.value('theme')).toBeUndefined();
    expect(() => keeper.set('k'.repeat(65), 1)).toThrow(RangeError);
    expect(() => keeper.set('k', 'x'.repeat(20_000))).toThrow(RangeError);
  });
});
