/** A tab's end of the shared socket; where the browser has no such thing, a socket of its own. */
import { openStream } from './address';
import type { FromTab, ToTab } from './hub';
import type { Hearer, Link, Renewal } from './socket';
import { StreamSocket } from './socket';
import { readMessage } from './protocol';

const SIGN_OF_LIFE_MS = 20_000;
/** A worker that has not said a word by then is not going to. */
const PATIENCE_MS = 5_000;

/** The link of this tab: shared by all tabs of this person where the browser allows it. */
export function tabLink(person: string, renew: () => Promise<Renewal>, hearer: Hearer): Link {
  const own = () => new StreamSocket({ open: openStream, renew, random: Math.random }, hearer);
  if (typeof SharedWorker === 'undefined') return own();
  try {
    const worker = new SharedWorker(new URL('./hub-worker.ts', import.meta.url), { name: `tradesense ${person}` });
    return new SharedLink(worker, renew, hearer, own);
  } catch {
    return own(); // A browser that forbids workers here.
  }
}

export class SharedLink implements Link {
  private own: Link | null = null;
  private topics: readonly string[] = [];
  private readonly port: MessagePort;
  private readonly patience: ReturnType<typeof setTimeout>;
  private readonly signs: ReturnType<typeof setInterval>;
  private closed = false;

  constructor(
    worker: SharedWorker,
    private readonly renew: () => Promise<Renewal>,
    private readonly hearer: Hearer,
    private readonly makeOwn: () => Link,
  ) {
    this.port = worker.port;
    this.port.onmessage = (event: MessageEvent<ToTab>) => this.hear(event.data);
    worker.onerror = () => this.fallBack();
    this.patience = setTimeout(() => this.fallBack(), PATIENCE_MS);
    this.signs = setInterval(() => this.say({ kind: 'want', topics: this.topics }), SIGN_OF_LIFE_MS);
    globalThis.addEventListener?.('pagehide', this.leave);
    globalThis.addEventListener?.('pageshow', this.comeBack);
  }

  readonly want = (topics: readonly string[]): void => {
    this.topics = topics;
    if (this.own) this.own.want(topics);
    else this.say({ kind: 'want', topics });
  };

  readonly resync = (topic: string): void => {
    if (this.own) this.own.resync(topic);
    else this.say({ kind: 'resync', topic });
  };

  readonly probe = (): void => {
    if (this.own) this.own.probe();
    else this.say({ kind: 'probe' });
  };

  readonly close = (): void => {
    this.closed = true;
    this.part();
    this.own?.close();
  };

  private hear(said: ToTab): void {
    clearTimeout(this.patience);
    if (this.closed || this.own) return;
    if (said.kind === 'connection') this.hearer.connection(said.connection);
    if (said.kind === 'refused') this.hearer.refused(said.topic, said.refusal);
    if (said.kind === 'renew') void this.renew().then((renewal) => this.say({ kind: 'renewed', renewal }));
    if (said.kind === 'frame') {
      const message = readMessage(said.text);
      if (message !== null && 'frame' in message) this.hearer.frame(message.frame, said.text);
    }
  }

  private fallBack(): void {
    if (this.closed || this.own) return;
    this.part();
    this.own = this.makeOwn();
    this.own.want(this.topics);
  }

  private part(): void {
    clearTimeout(this.patience);
    clearInterval(this.signs);
    globalThis.removeEventListener?.('pagehide', this.leave);
    globalThis.removeEventListener?.('pageshow', this.comeBack);
    this.leave();
    this.port.onmessage = null;
  }

  private readonly leave = (): void => this.say({ kind: 'bye' });

  /** A page kept by the browser after it was left comes back without being loaded. */
  private readonly comeBack = (event: PageTransitionEvent): void => {
    if (event.persisted) this.say({ kind: 'want', topics: this.topics });
  };

  private say(said: FromTab): void {
    this.port.postMessage(said);
  }
}
