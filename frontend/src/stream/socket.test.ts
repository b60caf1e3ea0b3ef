import type { Connection, Frame } from './protocol';
import type { Renewal } from './socket';
import { SILENCE_MS, StreamSocket } from './socket';

class FakeSocket {
  static readonly all: FakeSocket[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: Array<Record<string, unknown>> = [];
  constructor() {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close() {
    this.readyState = 3;
  }
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
  says(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  dies(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

const TS = '2026-03-02T10:00:00Z';
const whole = (seq: number) => ({ topic: 'board:CL', kind: 'snapshot', seq, ts: TS, data: { seq } });
const step = (prev: number, seq: number) => ({ topic: 'board:CL', kind: 'delta', prev, seq, ts: TS, data: { seq } });

function begin(renewal: Renewal = 'renewed', random = () => 1) {
  const frames: Frame[] = [];
  const connections: Connection[] = [];
  const refusals: string[] = [];
  const renew = vi.fn(() => Promise.resolve(renewal));
  const socket = new StreamSocket(
    { open: () => new FakeSocket() as unknown as WebSocket, renew, random },
    { frame: (frame) => frames.push(frame), connection: (connection) => connections.push(connection), refused: (topic, { code }) => refusals.push(`${topic} ${code}`) },
  );
  return { socket, frames, connections, refusals, renew, state: () => connections.at(-1)?.state };
}

const latest = (): FakeSocket => FakeSocket.all.at(-1) as FakeSocket;
const asked = (op: string) => latest().sent.filter((each) => each.op === op).map((each) => each.topic);

describe('the socket', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    FakeSocket.all.length = 0;
  });
  afterEach(() => vi.useRealTimers());

  it('asks for what is wanted as soon as it is open, and lets go of what is not', () => {
    const { socket } = begin();
    socket.want(['board:CL', 'board:ES']);
    expect(latest().sent).toEqual([]);
    latest().opens();
    expect(asked('subscribe')).toEqual(['board:CL', 'board:ES']);
    socket.want(['board:ES', 'board:NG']);
    expect(asked('unsubscribe')).toEqual(['board:CL']);
    expect(asked('subscribe')).toEqual(['board:CL', 'board:ES', 'board:NG']);
  });

  it('comes back after a loss and asks again for everything', async () => {
    const { socket, state } = begin();
    socket.want(['board:CL']);
    latest().opens();
    latest().says(whole(1));
    latest().dies();
    expect(state()).toBe('lost');
    const before = Date.now();
    await vi.advanceTimersToNextTimerAsync();
    expect(FakeSocket.all).toHaveLength(2);
    expect(Date.now() - before).toBe(1000);
    latest().opens();
    expect(asked('subscribe')).toEqual(['board:CL']);
  });

  it('never waits less than half a second or more than thirty, whatever the dice say', async () => {
    for (const roll of [0, 0.5, 1]) {
      FakeSocket.all.length = 0;
      const { socket } = begin('unsure', () => roll);
      for (let attempt = 0; attempt < 12; attempt++) {
        const before = Date.now();
        const known = FakeSocket.all.length;
        latest().dies();
        await vi.advanceTimersByTimeAsync(0);
        expect(FakeSocket.all.length).toBe(known);
        for (let turn = 0; turn < 5 && FakeSocket.all.length === known; turn++) await vi.advanceTimersToNextTimerAsync();
        expect(Date.now() - before).toBeGreaterThanOrEqual(500);
        expect(Date.now() - before).toBeLessThanOrEqual(30_000);
      }
      socket.close();
    }
  });

  it('asks for the whole when a step is missing, once, and says nothing until it has it', () => {
    const { socket, frames } = begin();
    socket.want(['board:CL']);
    latest().opens();
    latest().says(whole(10));
    latest().says(step(10, 11));
    latest().says(step(12, 13));
    latest().says(step(13, 14));
    expect(asked('resync')).toEqual(['board:CL']);
    expect(frames.map((frame) => 'seq' in frame && frame.seq)).toEqual([10, 11]);
    latest().says(whole(15));
    latest().says(step(15, 16));
    latest().says(step(15, 16));
    expect(frames.map((frame) => 'seq' in frame && frame.seq)).toEqual([10, 11, 15, 16]);
    expect(asked('resync')).toEqual(['board:CL']);
  });

  it('takes fifteen silent seconds for a dead line', () => {
    const { state } = begin();
    latest().opens();
    vi.advanceTimersByTime(SILENCE_MS - 1);
    latest().says({ topic: 'system:heartbeat', kind: 'status', ts: TS, data: { feeds: [] } });
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(state()).toBe('open');
    const silent = latest();
    vi.advanceTimersByTime(1);
    expect(state()).toBe('lost');
    expect(silent.readyState).toBe(3);
    vi.advanceTimersByTime(1000);
    expect(latest()).not.toBe(silent);
  });

  it('renews a session that has ended and is back at once', async () => {
    const { socket, renew, state } = begin('renewed');
    socket.want(['board:CL']);
    latest().opens();
    latest().says(whole(1));
    latest().dies(4401);
    await vi.advanceTimersByTimeAsync(0);
    expect(renew).toHaveBeenCalledTimes(1);
    expect(FakeSocket.all).toHaveLength(2);
    latest().opens();
    expect(state()).toBe('open');
    expect(asked('subscribe')).toEqual(['board:CL']);
  });

  it('waits between renewals that change nothing', async () => {
    begin('renewed');
    latest().dies(4401);
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSocket.all).toHaveLength(2);
    latest().dies(4401);
    await vi.advanceTimersByTimeAsync(499);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('gives up when the session is over', async () => {
    const { state } = begin('ended');
    latest().opens();
    latest().dies(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state()).toBe('signed-out');
    expect(FakeSocket.all).toHaveLength(1);
  });

  it('looks at the session when handshakes are refused without a word', async () => {
    const { renew, state } = begin('ended');
    latest().dies();
    expect(renew).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    latest().dies();
    await vi.advanceTimersByTimeAsync(0);
    expect(renew).toHaveBeenCalledTimes(1);
    expect(state()).toBe('signed-out');
  });

  it('tells which topic was refused, and goes on after a message it cannot read', () => {
    const { socket, refusals, frames } = begin();
    socket.want(['board:XX']);
    latest().opens();
    latest().onmessage?.({ data: '{not json' });
    latest().says({ id: latest().sent[0]?.id, ok: false, error: { code: 'unknown_topic', detail: 'No such topic' } });
    latest().says(whole(1));
    expect(refusals).toEqual(['board:XX unknown_topic']);
    expect(frames).toHaveLength(1);
  });

  it('finds a dead line within seconds when it is asked to look', () => {
    const { socket, state } = begin();
    latest().opens();
    socket.probe();
    expect(asked('ping')).toHaveLength(1);
    vi.advanceTimersByTime(4_000);
    expect(state()).toBe('lost');
    const before = FakeSocket.all.length;
    socket.probe();
    expect(FakeSocket.all).toHaveLength(before + 1);
  });
});
