/** One WebSocket that comes back by itself: resubscribes, notices silence and missing steps, renews a lapsed session. */
import type { Connection, Frame, Refusal } from './protocol';
import { CLOSED, readMessage } from './protocol';

/** Who hears what a link says. */
export interface Hearer {
  /** The text is handed on as it came, for those who pass it to other tabs. */
  frame: (frame: Frame, text: string) => void;
  connection: (connection: Connection) => void;
  refused: (topic: string, refusal: Refusal) => void;
}

/** A way to the server: a socket of one's own, or one shared by all tabs. */
export interface Link {
  /** The topics wanted from now on; all others are let go. */
  want: (topics: readonly string[]) => void;
  /** Asks for the whole of a topic again. */
  resync: (topic: string) => void;
  /** Looks whether the other side is there: a message within seconds, or a new connection; one that waits to try again tries now. */
  probe: () => void;
  close: () => void;
}

export type Renewal = 'renewed' | 'ended' | 'unsure';

export interface Surroundings {
  open: () => WebSocket;
  /** Renews the session silently. */
  renew: () => Promise<Renewal>;
  random: () => number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const CROWDED_DELAY_MS = 10_000;
/** The server speaks every 5 s, and every 10 s at the least. */
export const SILENCE_MS = 15_000;
const PROBE_MS = 4_000;
const OPENING_MS = 10_000;
const RESYNC_HOLDS_MS = 2_000;

export class StreamSocket implements Link {
  private socket: WebSocket | null = null;
  private connection: Connection = { state: 'connecting' };
  private wanted = new Set<string>();
  private readonly seqs = new Map<string, number>();
  private readonly resynced = new Map<string, number>();
  private readonly asked = new Map<number, string>();
  private nextId = 1;
  private failures = 0;
  private heard = false;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly around: Surroundings,
    private readonly hearer: Hearer,
  ) {
    this.connect();
  }

  readonly want = (topics: readonly string[]): void => {
    const next = new Set(topics);
    const before = this.wanted;
    this.wanted = next;
    if (this.connection.state !== 'open') return;
    before.forEach((topic) => {
      if (next.has(topic)) return;
      this.seqs.delete(topic);
      this.send({ op: 'unsubscribe', topic });
    });
    next.forEach((topic) => {
      if (!before.has(topic)) this.send({ op: 'subscribe', topic }, topic);
    });
  };

  readonly resync = (topic: string): void => {
    const now = Date.now();
    // One answer serves everybody who noticed.
    if (!this.wanted.has(topic) || now - (this.resynced.get(topic) ?? -Infinity) < RESYNC_HOLDS_MS) return;
    this.resynced.set(topic, now);
    this.seqs.delete(topic);
    this.send({ op: 'resync', topic });
  };

  readonly probe = (): void => {
    if (this.connection.state === 'lost' && this.retry !== undefined) this.connect();
    if (this.connection.state !== 'open') return;
    this.send({ op: 'ping' });
    this.watch(PROBE_MS);
  };

  readonly close = (): void => {
    clearTimeout(this.retry);
    this.drop();
  };

  private connect(): void {
    clearTimeout(this.retry);
    this.retry = undefined;
    this.drop();
    this.heard = false;
    let socket: WebSocket;
    try {
      socket = this.around.open();
    } catch {
      this.lose();
      return;
    }
    this.socket = socket;
    this.watch(OPENING_MS);
    socket.onopen = () => {
      this.watch(SILENCE_MS);
      this.become({ state: 'open' });
      this.wanted.forEach((topic) => this.send({ op: 'subscribe', topic }, topic));
    };
    socket.onmessage = (event: MessageEvent<unknown>) => typeof event.data === 'string' && this.receive(event.data);
    socket.onclose = (event) => this.closed(event.code);
  }

  private receive(text: string): void {
    if (!this.heard) {
      this.heard = true;
      this.failures = 0;
    }
    this.watch(SILENCE_MS);
    const message = readMessage(text);
    if (message === null) return;
    if ('frame' in message) this.take(message.frame, text);
    else {
      const topic = this.asked.get(message.reply.id);
      this.asked.delete(message.reply.id);
      if (!message.reply.ok && topic !== undefined) this.hearer.refused(topic, message.reply.error ?? { code: 'refused', detail: '' });
    }
  }

  /** Hands on what follows from what was handed on before; a missing step asks for the whole. */
  private take(frame: Frame, text: string): void {
    if (frame.kind === 'delta') {
      const known = this.seqs.get(frame.topic);
      if (known !== undefined && frame.seq <= known) return;
      if (known === undefined || frame.prev !== known) {
        this.resync(frame.topic);
        return;
      }
    }
    if (frame.kind !== 'status') this.seqs.set(frame.topic, frame.seq);
    if (frame.kind === 'snapshot') this.resynced.delete(frame.topic);
    this.hearer.frame(frame, text);
  }

  private closed(code: number): void {
    this.drop();
    if (code === CLOSED.forbidden) this.become({ state: 'refused', code });
    // A refused handshake tells no reason: from the second on the session is looked at too.
    else if (code === CLOSED.signedOut || (!this.heard && this.failures >= 1)) void this.renewThenConnect(code === CLOSED.signedOut);
    else this.lose(code === CLOSED.tooMany ? CROWDED_DELAY_MS : 0);
  }

  private async renewThenConnect(told: boolean): Promise<void> {
    this.become({ state: 'lost', failures: this.failures + 1 });
    const renewal = await this.around.renew();
    if (this.connection.state !== 'lost' || this.socket !== null) return;
    if (renewal === 'ended') this.become({ state: 'signed-out' });
    else if (told && renewal === 'renewed' && this.failures === 0) {
      this.failures = 1;
      this.connect();
    } else this.lose();
  }

  private lose(atLeast = 0): void {
    this.failures += 1;
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(this.failures, 10));
    const delay = Math.max(atLeast, FIRST_DELAY_MS) + this.around.random() * (longest - FIRST_DELAY_MS);
    this.retry = setTimeout(() => this.connect(), delay);
    this.become({ state: 'lost', failures: this.failures });
  }

  private watch(milliseconds: number): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.closed(0), milliseconds);
  }

  private drop(): void {
    clearTimeout(this.watchdog);
    this.seqs.clear();
    this.asked.clear();
    this.resynced.clear();
    const { socket } = this;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private send(message: object, topic?: string): void {
    if (this.socket?.readyState !== 1) return;
    const id = this.nextId++;
    if (topic !== undefined) this.asked.set(id, topic);
    this.socket.send(JSON.stringify({ id, ...message }));
  }

  private become(connection: Connection): void {
    this.connection = connection;
    this.hearer.connection(connection);
  }
}
