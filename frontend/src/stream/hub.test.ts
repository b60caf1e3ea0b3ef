import type { ToTab } from './hub';
import { Hub, TAB_SILENCE_MS } from './hub';
import type { Hearer, Link, Renewal } from './socket';

function begin() {
  const wants: string[][] = [];
  const resyncs: string[] = [];
  let speak!: Hearer;
  let renew!: () => Promise<Renewal>;
  const hub = new Hub((hearer, ask) => {
    speak = hearer;
    renew = ask;
    return { want: (topics) => wants.push([...topics]), resync: (topic) => resyncs.push(topic), probe: () => undefined, close: () => undefined } satisfies Link;
  });
  const tab = () => {
    const heard: ToTab[] = [];
    const port = { postMessage: (message: ToTab) => heard.push(message) };
    hub.attach(port);
    return { heard, port, want: (...topics: string[]) => hub.hear(port, { kind: 'want', topics }) };
  };
  return { hub, wants, resyncs, tab, speak, renew };
}

const frame = (topic: string) => ({ topic, kind: 'snapshot' as const, seq: 1, ts: '2026-03-02T10:00:00Z', data: {} });

describe('the hub of all tabs', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('asks for what any tab wants and hands each tab its own', () => {
    const { tab, wants, speak } = begin();
    const [first, second] = [tab(), tab()];
    first.want('board:CL');
    second.want('board:CL', 'board:ES');
    expect(wants.at(-1)).toEqual(['board:CL', 'board:ES']);
    speak.frame(frame('board:ES'), 'the text');
    const texts = (heard: ToTab[]) => heard.flatMap((each) => (each.kind === 'frame' ? [each.text] : []));
    expect(texts(first.heard)).toEqual([]);
    expect(texts(second.heard)).toEqual(['the text']);
  });

  it('asks for the whole where a tab joins what runs for another', () => {
    const { tab, resyncs } = begin();
    tab().want('board:CL');
    expect(resyncs).toEqual([]);
    tab().want('board:CL');
    expect(resyncs).toEqual(['board:CL']);
  });

  it('tells a tab that comes later how things stand', () => {
    const { tab, speak } = begin();
    speak.connection({ state: 'open' });
    speak.frame({ topic: 'system:heartbeat', kind: 'status', ts: '2026-03-02T10:00:00Z', data: { feeds: [] } }, 'a heartbeat');
    expect(tab().heard).toEqual([
      { kind: 'connection', connection: { state: 'open' } },
      { kind: 'frame', text: 'a heartbeat' },
    ]);
  });

  it('lets go of tabs that said goodbye or fell silent', () => {
    const { hub, tab, wants } = begin();
    const [first, second] = [tab(), tab()];
    first.want('board:CL');
    second.want('board:ES');
    hub.hear(first.port, { kind: 'bye' });
    expect(wants.at(-1)).toEqual(['board:ES']);
    vi.advanceTimersByTime(TAB_SILENCE_MS + 1);
    hub.sweep();
    expect(wants.at(-1)).toEqual([]);
    second.want('board:ES');
    expect(wants.at(-1)).toEqual(['board:ES']);
  });

  it('has a tab renew the session, and does not wait for ever', async () => {
    const { hub, tab, renew } = begin();
    const { port, heard } = tab();
    const renewal = renew();
    expect(heard.at(-1)).toEqual({ kind: 'renew' });
    hub.hear(port, { kind: 'renewed', renewal: 'renewed' });
    await expect(renewal).resolves.toBe('renewed');
    const silent = renew();
    await vi.advanceTimersByTimeAsync(20_000);
    await expect(silent).resolves.toBe('unsure');
  });
});
