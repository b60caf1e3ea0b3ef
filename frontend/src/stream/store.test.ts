import type { Frame } from './protocol';
import type { Link } from './socket';
import { TopicStore } from './store';

const TS = '2026-03-02T10:00:00Z';
const TOPIC = 'chain:CL:2026-03-17';
const whole = (seq: number, data: unknown): Frame => ({ topic: TOPIC, kind: 'snapshot', seq, ts: TS, data });
const step = (prev: number, seq: number, data: unknown): Frame => ({ topic: TOPIC, kind: 'delta', prev, seq, ts: TS, data });

function begin() {
  const frames: Array<() => void> = [];
  const wants: string[][] = [];
  const store = new TopicStore((run) => frames.push(run));
  const link: Link = { want: (topics) => wants.push([...topics]), resync: () => undefined, probe: () => undefined, close: () => undefined };
  store.start(() => link);
  store.connection({ state: 'open' });
  const draw = () => frames.splice(0).forEach((run) => run());
  draw();
  return { store, wants, draw, frames };
}

describe('the store of topics', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('tells a listener once a frame, whatever came in between', () => {
    const { store, draw } = begin();
    const heard = vi.fn();
    store.subscribe(TOPIC, heard);
    store.frame(whole(1, { status: 'live', forward: 1, rows: [] }));
    for (let seq = 2; seq <= 50; seq++) store.frame(step(seq - 1, seq, { forward: seq }));
    expect(heard).not.toHaveBeenCalled();
    expect(store.read(TOPIC).state).toBe('waiting');
    draw();
    expect(heard).toHaveBeenCalledTimes(1);
    expect(store.read(TOPIC)).toMatchObject({ state: 'live', seq: 50, data: { forward: 50 } });
    draw();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('asks once for a topic of many listeners and lets it go a while after the last', () => {
    const { store, wants } = begin();
    const ends = [store.subscribe(TOPIC, () => undefined), store.subscribe(TOPIC, () => undefined)];
    expect(wants).toEqual([[], [TOPIC]]);
    ends.forEach((end) => end());
    store.subscribe(TOPIC, () => undefined)();
    vi.advanceTimersByTime(2_000);
    expect(wants.at(-1)).toEqual([TOPIC]);
    vi.advanceTimersByTime(5_000);
    expect(wants.at(-1)).toEqual([]);
  });

  it('leaves out a step whose ground it has not', () => {
    const { store, draw } = begin();
    store.subscribe(TOPIC, () => undefined);
    store.frame(step(1, 2, { forward: 2 }));
    draw();
    expect(store.read(TOPIC).state).toBe('waiting');
    store.frame(whole(5, { forward: 5 }));
    store.frame(step(7, 8, { forward: 8 }));
    draw();
    expect(store.read(TOPIC)).toMatchObject({ seq: 5, data: { forward: 5 } });
  });

  it('tells live, stale, closed and disconnected apart, and keeps what was shown', () => {
    const { store, draw } = begin();
    store.subscribe(TOPIC, () => undefined);
    const state = () => {
      draw();
      return store.read(TOPIC).state;
    };
    store.frame(whole(1, { status: 'live', forward: 1 }));
    expect(state()).toBe('live');
    store.frame(step(1, 2, { status: 'stale' }));
    expect(state()).toBe('stale');
    store.frame(step(2, 3, { status: 'closed' }));
    expect(state()).toBe('closed');
    store.connection({ state: 'lost', failures: 1 });
    expect(state()).toBe('disconnected');
    expect(store.read(TOPIC).data).toEqual({ status: 'closed', forward: 1 });
    store.connection({ state: 'open' });
    store.frame(whole(9, { status: 'live', forward: 2 }));
    expect(state()).toBe('live');
  });

  it('asks for nothing while nobody looks, and for everything after', () => {
    const { store, wants } = begin();
    store.subscribe(TOPIC, () => undefined);
    store.pause(true);
    expect(wants.at(-1)).toEqual([]);
    store.pause(false);
    expect(wants.at(-1)).toEqual([TOPIC]);
  });

  it('counts ages by the message that travelled least', () => {
    const { store, draw } = begin();
    store.subscribe(TOPIC, () => undefined);
    vi.setSystemTime(Date.parse(TS) + 65_000);
    store.frame(whole(1, {}));
    store.frame({ topic: 'system:heartbeat', kind: 'status', ts: '2026-03-02T10:01:00Z', data: { feeds: [] } });
    draw();
    expect(store.readTime()).toEqual({ serverAt: Date.parse('2026-03-02T10:01:00Z'), receivedAt: Date.parse(TS) + 65_000 });
    const kept = store.readTime();
    store.frame(whole(2, {}));
    expect(store.readTime()).toBe(kept);
  });
});
