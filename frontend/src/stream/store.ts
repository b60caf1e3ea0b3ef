/** The latest of every topic that somebody looks at, told at most once a frame of the screen. */
import { overlay } from './overlay';
import type { Connection, FeedBeat, Frame, Refusal } from './protocol';
import { HEARTBEAT } from './protocol';
import type { Hearer, Link } from './socket';

export const TOPIC_STATES = ['live', 'delayed', 'stale', 'closed'] as const;
type Told = (typeof TOPIC_STATES)[number];

/** What is known of a topic. What was heard before stays to be shown, under the word that says it is old. */
export type TopicView<T = unknown> =
  | { state: 'waiting'; data: null; detail: string | null }
  | { state: 'refused'; data: null; detail: string | null }
  | { state: Told | 'disconnected'; data: T; ts: string; receivedAt: number; seq: number };

/** Which instant of the server's clock was which on this machine's: ages are counted from it. Steady while the clocks are. */
export interface ServerTime {
  serverAt: number;
  receivedAt: number;
}

export interface Heartbeat {
  feeds: readonly FeedBeat[];
  receivedAt: number;
}

interface Entry {
  listeners: Set<() => void>;
  view: TopicView;
  known: { data: unknown; seq: number; ts: string; receivedAt: number } | null;
  told: Told | null;
  refusal: Refusal | null;
  waitingFor: string | null;
}

const WAITING: TopicView = { state: 'waiting', data: null, detail: null };
/** A page that is left and come back to within this time goes on where it was. */
const LINGER_MS = 3_000;
const DRIFT_MS = 250;

export class TopicStore implements Hearer {
  private link: Link | null = null;
  private connected: Connection = { state: 'connecting' };
  private beat: Heartbeat | null = null;
  private time: ServerTime | null = null;
  private timeIsOld = false;
  private paused = false;
  private readonly entries = new Map<string, Entry>();
  private readonly others = new Set<() => void>();
  private readonly dirty = new Set<string>();
  private othersDirty = false;
  private framed = false;

  /** `onFrame` runs what it is given before the next picture of the screen. */
  constructor(private readonly onFrame: (run: () => void) => void) {}

  /** Begins, with a way to the server; returns how to end. */
  start(makeLink: (hearer: Hearer) => Link): () => void {
    this.connection({ state: 'connecting' });
    const link = makeLink(this);
    this.link = link;
    this.tell();
    return () => {
      link.close();
      if (this.link === link) this.link = null;
    };
  }

  /** While nobody looks nothing is asked for; what is shown meanwhile only ages. */
  pause(paused: boolean): void {
    if (this.paused === paused) return;
    this.paused = paused;
    this.tell();
  }

  probe(): void {
    this.link?.probe();
  }

  subscribe(topic: string, listener: () => void): () => void {
    const entry = this.entryOf(topic);
    entry.listeners.add(listener);
    if (entry.listeners.size === 1) this.tell();
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size === 0) setTimeout(() => this.forget(topic), LINGER_MS);
    };
  }

  read(topic: string): TopicView {
    return this.entries.get(topic)?.view ?? WAITING;
  }

  /** Hears of the connection, the feeds' signs of life and the server's clock. */
  readonly subscribeLine = (listener: () => void): (() => void) => {
    this.others.add(listener);
    return () => this.others.delete(listener);
  };

  readonly readConnection = (): Connection => this.connected;
  readonly readHeartbeat = (): Heartbeat | null => this.beat;
  readonly readTime = (): ServerTime | null => this.time;

  readonly frame = (frame: Frame): void => {
    const now = Date.now();
    this.keepTime(Date.parse(frame.ts), now);
    if (frame.topic === HEARTBEAT) {
      if (frame.kind === 'status') this.beat = { feeds: frame.data.feeds ?? [], receivedAt: now };
      this.mark(null);
      return;
    }
    const entry = this.entries.get(frame.topic);
    if (!entry) return;
    if (frame.kind === 'status') {
      entry.told = TOPIC_STATES.find((state) => state === frame.data.state) ?? null;
      entry.waitingFor = frame.data.detail ?? null;
    } else {
      // A tab that came later to a shared socket hears steps before its whole.
      if (frame.kind === 'delta' && entry.known?.seq !== frame.prev) return;
      const data = frame.kind === 'delta' ? overlay(frame.topic, entry.known?.data, frame.data) : frame.data;
      entry.known = { data, seq: frame.seq, ts: frame.ts, receivedAt: now };
      entry.told = null;
    }
    entry.refusal = null;
    this.mark(frame.topic);
  };

  readonly connection = (connection: Connection): void => {
    this.connected = connection;
    // Another connection, perhaps another machine: its clock is read anew, the old one counts on until then.
    if (connection.state === 'open') this.timeIsOld = true;
    this.entries.forEach((entry, topic) => {
      if (connection.state === 'open') entry.refusal = null;
      this.dirty.add(topic);
    });
    this.mark(null);
  };

  readonly refused = (topic: string, refusal: Refusal): void => {
    const entry = this.entries.get(topic);
    if (!entry) return;
    entry.refusal = refusal;
    this.mark(topic);
  };

  private keepTime(serverAt: number, receivedAt: number): void {
    if (Number.isNaN(serverAt)) return;
    // The message that travelled least tells the clocks apart best.
    const known = this.time && !this.timeIsOld ? this.time.serverAt - this.time.receivedAt : -Infinity;
    if (serverAt - receivedAt > known + DRIFT_MS) {
      this.time = { serverAt, receivedAt };
      this.timeIsOld = false;
      this.mark(null);
    }
  }

  private entryOf(topic: string): Entry {
    let entry = this.entries.get(topic);
    if (!entry) {
      entry = { listeners: new Set(), view: WAITING, known: null, told: null, refusal: null, waitingFor: null };
      this.entries.set(topic, entry);
    }
    return entry;
  }

  private forget(topic: string): void {
    const entry = this.entries.get(topic);
    if (!entry || entry.listeners.size > 0) return;
    this.entries.delete(topic);
    this.dirty.delete(topic);
    this.tell();
  }

  private tell(): void {
    this.link?.want(this.paused ? [] : [...this.entries.keys()]);
  }

  private mark(topic: string | null): void {
    if (topic === null) this.othersDirty = true;
    else this.dirty.add(topic);
    if (this.framed) return;
    this.framed = true;
    this.onFrame(() => this.flush());
  }

  private flush(): void {
    this.framed = false;
    const topics = [...this.dirty];
    this.dirty.clear();
    const heard = new Set<() => void>();
    topics.forEach((topic) => {
      const entry = this.entries.get(topic);
      if (!entry) return;
      entry.view = this.viewOf(entry);
      entry.listeners.forEach((listener) => heard.add(listener));
    });
    if (this.othersDirty) this.others.forEach((listener) => heard.add(listener));
    this.othersDirty = false;
    heard.forEach((listener) => listener());
  }

  private viewOf({ known, told, refusal, waitingFor }: Entry): TopicView {
    const isLost = this.connected.state !== 'open' && this.connected.state !== 'connecting';
    if (known === null) return refusal ? { state: 'refused', data: null, detail: refusal.detail } : { state: 'waiting', data: null, detail: waitingFor };
    return { ...known, state: isLost || refusal ? 'disconnected' : (told ?? stateIn(known.data)) };
  }
}

/** The document's own word about its age. */
function stateIn(data: unknown): Told {
  const status = typeof data === 'object' && data !== null ? (data as { status?: unknown }).status : undefined;
  return TOPIC_STATES.find((state) => state === status) ?? 'live';
}
