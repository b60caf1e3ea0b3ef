/**
 * What one person chose, kept on the server as one document and on this device as a copy that answers at once.
 * Changes are shown at once, sent together a moment later, and put upon whatever another device wrote meanwhile.
 */
import { Problem } from './problem';

export type Document = Readonly<Record<string, unknown>>;

export interface Kept {
  document: Document;
  version: number;
}

/** A change that the server does not have yet: the new value, or nothing where the choice is given up. */
type Change = readonly [] | readonly [value: unknown];
type Changes = Readonly<Record<string, Change>>;

interface Copy extends Kept {
  pending: Changes;
}

export interface PreferenceSurroundings {
  load: () => Promise<Kept>;
  /** Throws a `Problem` of status 412 where `version` is not the present one. */
  save: (document: Document, version: number) => Promise<Kept>;
  read: () => string | null;
  write: (text: string) => void;
  now: () => number;
}

const SEND_AFTER_MS = 500;
/** Another tab sends its own changes; this one only if that tab is gone. */
const SEND_FOR_ANOTHER_AFTER_MS = 4_000;
const ASK_AGAIN_MS = 5_000;
const LOOK_AGAIN_AFTER_MS = 60_000;
const MOST_TRIES = 5;
const MOST_KEY_LENGTH = 64;
const MOST_VALUE_CHARACTERS = 16_384;
/** Answers that say "not now" rather than "no"; 401 is renewed by the session, or ends it. */
const NOT_NOW = new Set([401, 408, 425, 429]);

export class PreferenceKeeper {
  private base: Kept = { document: {}, version: 0 };
  private pending: Changes = {};
  private shown: Document = {};
  /** The server has answered at least once; and what it answered is still the latest known. */
  private known = false;
  private fresh = false;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private lookedAt = 0;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly around: PreferenceSurroundings) {
    const copy = copyFrom(around.read());
    if (copy) this.adopt(copy, copy.pending);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The value as it is shown: the same object until it changes. */
  readonly value = (key: string): unknown => this.shown[key];

  /** Whether the server has answered: a missing choice was really never made. */
  readonly isKnown = (): boolean => this.known;

  /** Begins to follow the server. */
  readonly start = (): void => {
    this.stopped = false;
    void this.flush();
  };

  readonly stop = (): void => {
    this.stopped = true;
    clearTimeout(this.timer);
  };

  /** Keeps a value that JSON can hold; `undefined` gives the choice up. Throws where key or value is too long. */
  readonly set = (key: string, value: unknown): void => {
    if (key.length > MOST_KEY_LENGTH) throw new RangeError(`A preference's name has at most ${MOST_KEY_LENGTH} characters.`);
    if (value !== undefined && JSON.stringify(value).length > MOST_VALUE_CHARACTERS) throw new RangeError(`A preference has at most ${MOST_VALUE_CHARACTERS} characters.`);
    this.adopt(this.base, { ...this.pending, [key]: value === undefined ? [] : [value] });
    this.store();
    this.schedule(SEND_AFTER_MS);
  };

  /** Another tab has written the copy. */
  readonly hear = (): void => {
    const copy = copyFrom(this.around.read());
    if (!copy) return;
    const newer = copy.version >= this.base.version ? copy : this.base;
    this.adopt(newer, { ...this.pending, ...copy.pending });
    if (this.isOpen()) this.schedule(SEND_FOR_ANOTHER_AFTER_MS);
  };

  /** The page is looked at again: another device may have changed something. */
  readonly wake = (): void => {
    if (this.around.now() - this.lookedAt < LOOK_AGAIN_AFTER_MS) return;
    this.fresh = false;
    void this.flush();
  };

  /** Sends what is not sent yet and resolves when that is done, or cannot be done now. */
  readonly flush = (): Promise<void> => {
    clearTimeout(this.timer);
    this.running ??= this.agree().then((after) => {
      this.running = null;
      if (after !== null) this.schedule(after);
    });
    return this.running;
  };

  /** Reads where nothing is known, writes where something changed; again upon what another device wrote meanwhile. Answers when to come back. */
  private async agree(): Promise<number | null> {
    for (let tries = 0; tries < MOST_TRIES && !this.stopped; tries += 1) {
      try {
        if (!this.fresh) this.take(await this.around.load());
        if (!this.isOpen()) return null;
        const sent = this.pending;
        this.take(await this.around.save(applied(this.base.document, sent), this.base.version), sent);
        return this.isOpen() ? SEND_AFTER_MS : null;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        this.fresh = false;
        if (error.status !== 412) return this.giveWay(error);
      }
    }
    return ASK_AGAIN_MS;
  }

  private giveWay(problem: Problem): number | null {
    const isForNow = problem.isUnreachable || problem.status === null || problem.status >= 500 || NOT_NOW.has(problem.status);
    if (isForNow) return Math.max(ASK_AGAIN_MS, (problem.retryAfterSeconds ?? 0) * 1_000);
    // The server will never take it: what is shown is what is kept.
    this.adopt(this.base, {});
    this.store();
    return null;
  }

  private isOpen(): boolean {
    return Object.keys(this.pending).length > 0;
  }

  private take(kept: Kept, sent: Changes = {}): void {
    this.known = true;
    this.fresh = true;
    this.lookedAt = this.around.now();
    const open = Object.fromEntries(Object.entries(this.pending).filter(([key, change]) => sent[key] !== change));
    this.adopt(kept, open);
    this.store();
  }

  private adopt(base: Kept, pending: Changes): void {
    this.base = { document: base.document, version: base.version };
    this.pending = Object.fromEntries(Object.entries(pending).filter(([key, change]) => !isSame(base.document[key], change[0])));
    const next = applied(base.document, this.pending);
    const shared = Object.fromEntries(Object.entries(next).map(([key, value]) => [key, isSame(this.shown[key], value) ? this.shown[key] : value]));
    this.shown = shared;
    this.listeners.forEach((listener) => listener());
  }

  private store(): void {
    this.around.write(JSON.stringify({ ...this.base, pending: this.pending } satisfies Copy));
  }

  private schedule(after: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => void this.flush(), after);
  }
}

function applied(document: Document, changes: Changes): Document {
  const next = { ...document };
  for (const [key, change] of Object.entries(changes)) {
    if (change.length === 0) delete next[key];
    else next[key] = change[0];
  }
  return next;
}

/** JSON values, compared as JSON; a stored document comes back with its keys in another order at most. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || ordered(one) === ordered(other);
}

function ordered(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function copyFrom(text: string | null): Copy | null {
  if (text === null) return null;
  try {
    const { document, version, pending } = JSON.parse(text) as Partial<Copy>;
    if (!isRecord(document) || typeof version !== 'number' || !isRecord(pending)) return null;
    return Object.values(pending).every(Array.isArray) ? { document, version, pending } : null;
  } catch {
    return null; // Written by something else: as good as nothing.
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
