/** One socket for many tabs: asks for what any of them wants, and hands each what it asked for, as it came. */
import type { Connection, Refusal } from './protocol';
import { HEARTBEAT } from './protocol';
import type { Hearer, Link, Renewal } from './socket';

/** What a tab says. */
export type FromTab = { kind: 'want'; topics: readonly string[] } | { kind: 'resync'; topic: string } | { kind: 'probe' } | { kind: 'renewed'; renewal: Renewal } | { kind: 'bye' };

/** What a tab hears. */
export type ToTab = { kind: 'frame'; text: string } | { kind: 'connection'; connection: Connection } | { kind: 'refused'; topic: string; refusal: Refusal } | { kind: 'renew' };

export interface TabPort {
  postMessage: (message: ToTab) => void;
}

interface Tab {
  topics: ReadonlySet<string>;
  heardAt: number;
}

/** A tab that is closed says nothing any more; a hidden one still speaks once a minute. */
export const TAB_SILENCE_MS = 150_000;
const RENEWAL_MS = 20_000;

export class Hub implements Hearer {
  private readonly tabs = new Map<TabPort, Tab>();
  private readonly link: Link;
  private last: Connection = { state: 'connecting' };
  private beat: string | null = null;
  private renewing: ((renewal: Renewal) => void) | null = null;

  constructor(makeLink: (hearer: Hearer, renew: () => Promise<Renewal>) => Link) {
    this.link = makeLink(this, () => this.renew());
  }

  attach(port: TabPort): void {
    this.tabs.set(port, { topics: new Set(), heardAt: Date.now() });
    port.postMessage({ kind: 'connection', connection: this.last });
    if (this.beat !== null) port.postMessage({ kind: 'frame', text: this.beat });
    if (this.renewing) port.postMessage({ kind: 'renew' });
  }

  hear(port: TabPort, said: FromTab): void {
    if (!this.tabs.has(port) && said.kind !== 'bye') this.attach(port);
    const tab = this.tabs.get(port);
    if (tab) tab.heardAt = Date.now();
    if (said.kind === 'want' && tab) this.wants(tab, said.topics);
    if (said.kind === 'resync') this.link.resync(said.topic);
    if (said.kind === 'probe') this.link.probe();
    if (said.kind === 'renewed') this.settle(said.renewal);
    if (said.kind === 'bye') {
      this.tabs.delete(port);
      this.tell();
    }
  }

  /** Lets go of tabs that were closed without a word. */
  sweep(): void {
    const oldest = Date.now() - TAB_SILENCE_MS;
    this.tabs.forEach((tab, port) => tab.heardAt < oldest && this.tabs.delete(port));
    this.tell();
  }

  readonly frame: Hearer['frame'] = (frame, text) => {
    if (frame.topic === HEARTBEAT) this.beat = text;
    this.tabs.forEach((tab, port) => (frame.topic === HEARTBEAT || tab.topics.has(frame.topic)) && port.postMessage({ kind: 'frame', text }));
  };

  readonly connection: Hearer['connection'] = (connection) => {
    this.last = connection;
    if (connection.state !== 'open') this.beat = null;
    this.tabs.forEach((_, port) => port.postMessage({ kind: 'connection', connection }));
  };

  readonly refused: Hearer['refused'] = (topic, refusal) => {
    this.tabs.forEach((tab, port) => tab.topics.has(topic) && port.postMessage({ kind: 'refused', topic, refusal }));
  };

  private wants(tab: Tab, topics: readonly string[]): void {
    const fresh = topics.filter((topic) => !tab.topics.has(topic));
    const running = new Set([...this.tabs.values()].flatMap((each) => [...each.topics]));
    tab.topics = new Set(topics);
    this.tell();
    // What runs already for another tab begins here with its whole.
    fresh.filter((topic) => running.has(topic)).forEach((topic) => this.link.resync(topic));
  }

  private tell(): void {
    this.link.want([...new Set([...this.tabs.values()].flatMap((tab) => [...tab.topics]))]);
  }

  /** A worker has no session of its own: the tabs have, and the first that knows answers. */
  private renew(): Promise<Renewal> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle('unsure'), RENEWAL_MS);
      this.renewing = (renewal) => {
        clearTimeout(timer);
        resolve(renewal);
      };
      this.tabs.forEach((_, port) => port.postMessage({ kind: 'renew' }));
    });
  }

  private settle(renewal: Renewal): void {
    this.renewing?.(renewal);
    this.renewing = null;
  }
}
