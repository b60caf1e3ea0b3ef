/**
 * Who is signed in, kept true over time and over tabs. The tokens are in cookies that no script can read;
 * this knows only who the server says it is, and how long that is fresh.
 */
import type { components } from './generated/schema';
import { Problem, problemFrom, unreachable } from './problem';
import type { NoteBook, SessionNotes } from './session-notes';

export type Me = components['schemas']['UserOut'];

export type SessionState =
  /** Not known yet; the problem says why that takes long. */
  | { state: 'unknown'; problem: Problem | null }
  /** `nobody` never was signed in here, `ended` was and is not any more, `signed-out` wanted it so. */
  | { state: 'anonymous'; because: 'nobody' | 'ended' | 'signed-out' }
  | { state: 'signed-in'; user: Me };

/** What one tab tells the others. */
export type Told = { kind: 'renewed' } | { kind: 'signed-in'; user: string } | { kind: 'gone'; because: 'ended' | 'signed-out' };

export interface Tabs {
  /** Works while no other tab does. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
  tell: (told: Told) => void;
  listen: (hear: (told: Told) => void) => () => void;
}

export interface Surroundings {
  fetch: (request: Request) => Promise<Response>;
  tabs: Tabs;
  notes: NoteBook;
  now: () => number;
  isVisible: () => boolean;
}

type Renewal = { kind: 'renewed' } | { kind: 'ended' } | { kind: 'unsure'; problem: Problem };

export const UNKNOWN: SessionState = { state: 'unknown', problem: null };

const RENEW_AHEAD_MS = 60_000;
const ASK_AGAIN_MS = 4_000;
const REFUSAL_HOLDS_MS = 2_000;
const RENEWAL_TIMEOUT_MS = 15_000;
const DEFAULT_FRESH_SECONDS = 900;
/** A 401 with another code says that what was typed is wrong, not that the session is over. */
const LAPSED = new Set(['unauthorized', 'session_ended']);
/** Answers that say "not now" rather than "no". */
const NOT_NOW = new Set([408, 425, 429]);

export class SessionKeeper {
  private session: SessionState = UNKNOWN;
  private readonly listeners = new Set<() => void>();
  private running: Promise<Renewal> | null = null;
  private refusal: { until: number; renewal: Renewal } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly around: Surroundings) {}

  readonly current = (): SessionState => this.session;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Listens to the other tabs and asks who is signed in; with `onlyIfNoted` only where this browser remembers a session. */
  start(onlyIfNoted: boolean): () => void {
    const deaf = this.around.tabs.listen((told) => this.hear(told));
    if (onlyIfNoted && this.around.notes.read() === null) this.become({ state: 'anonymous', because: 'nobody' });
    else void this.askWho();
    return () => {
      deaf();
      clearTimeout(this.timer);
    };
  }

  /** Asks the server who is signed in, and tells whether it answered. No answer changes nothing; it is asked again. */
  readonly askWho = async (): Promise<boolean> => {
    clearTimeout(this.timer);
    if (this.session.state === 'anonymous') this.become(UNKNOWN);
    try {
      const answer = await this.fetch(new Request(addressOf('/api/v1/users/me')));
      if (answer.ok) this.recognise((await answer.json()) as Me);
      else if (answer.status === 401) this.end('ended');
      else throw problemFrom(await bodyOf(answer), answer.status, answer.headers);
      return true;
    } catch (error) {
      this.waitForAnswer(error instanceof Problem ? error : unreachable());
      return false;
    }
  };

  /** Someone has just signed in, here. */
  readonly admit = (user: Me, freshSeconds: number): void => {
    this.refusal = null;
    this.note(user.id, freshSeconds);
    this.become({ state: 'signed-in', user });
    this.around.tabs.tell({ kind: 'signed-in', user: user.id });
  };

  /** Ends the session on the server, then in every tab. Throws a `Problem` when the server could not be told. */
  readonly signOut = async (): Promise<void> => {
    const answer = await this.around.fetch(new Request(addressOf('/api/v1/auth/logout'), { method: 'POST' })).catch(() => {
      throw unreachable();
    });
    if (!answer.ok && answer.status !== 401) throw problemFrom(await bodyOf(answer), answer.status, answer.headers);
    this.end('signed-out');
  };

  /** `fetch` for whoever is signed in: a lapsed session is renewed once, and the request repeated once. */
  readonly fetch = async (request: Request): Promise<Response> => {
    const again = request.clone();
    const askedAt = this.around.now();
    const answer = await this.around.fetch(request);
    if (!this.mayBeRenewed() || !(await hasLapsed(answer))) return answer;
    const renewal = await this.renew(askedAt);
    if (renewal.kind === 'unsure') throw renewal.problem;
    if (renewal.kind === 'ended') return answer;
    const second = await this.around.fetch(again);
    if (await hasLapsed(second)) this.end('ended');
    return second;
  };

  /** Where nobody is noted and notes last, nobody was signed in here: there is nothing to renew. */
  private mayBeRenewed(): boolean {
    if (this.session.state === 'unknown') return this.around.notes.read() !== null || !this.around.notes.lasts();
    return this.session.state === 'signed-in';
  }

  /** What to look after when the page is looked at again. */
  readonly wake = (): void => {
    const { session } = this;
    if (session.state === 'unknown') void this.askWho();
    if (session.state !== 'signed-in') return;
    if (this.around.notes.read()?.user !== session.user.id) void this.askWho();
    else this.renewAhead();
  };

  /** Renews the session, unless that was done since `askedAt`, here or in another tab. */
  private renew(askedAt: number): Promise<Renewal> {
    this.running ??= this.around.tabs
      .alone(async () => {
        if (this.session.state === 'anonymous') return { kind: 'ended' } as const;
        if (this.renewedSince(askedAt)) return { kind: 'renewed' } as const;
        if (this.refusal && this.refusal.until > this.around.now()) return this.refusal.renewal;
        return this.askToRenew();
      })
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  private renewedSince(askedAt: number): boolean {
    const renewedAt = this.around.notes.read()?.renewedAt ?? 0;
    // A moment that has not come yet was written before the clock was set back.
    return renewedAt > askedAt && renewedAt <= this.around.now();
  }

  private async askToRenew(): Promise<Renewal> {
    let answer: Response;
    try {
      answer = await this.around.fetch(new Request(addressOf('/api/v1/auth/refresh'), { method: 'POST', signal: AbortSignal.timeout(RENEWAL_TIMEOUT_MS) }));
    } catch {
      return this.unsure(unreachable());
    }
    if (answer.ok) {
      const { expires_in: seconds } = ((await bodyOf(answer)) ?? {}) as { expires_in?: number };
      this.note(this.session.state === 'signed-in' ? this.session.user.id : (this.around.notes.read()?.user ?? ''), seconds ?? DEFAULT_FRESH_SECONDS);
      this.around.tabs.tell({ kind: 'renewed' });
      return { kind: 'renewed' };
    }
    if (answer.status >= 500 || NOT_NOW.has(answer.status)) return this.unsure(problemFrom(await bodyOf(answer), answer.status, answer.headers));
    this.end('ended');
    return { kind: 'ended' };
  }

  /** Nobody said no: the session may well live. It is not asked again at once. */
  private unsure(problem: Problem): Renewal {
    const renewal: Renewal = { kind: 'unsure', problem };
    const holds = problem.retryAfterSeconds === null ? REFUSAL_HOLDS_MS : problem.retryAfterSeconds * 1000;
    this.refusal = { until: this.around.now() + holds, renewal };
    return renewal;
  }

  private recognise(user: Me): void {
    const notes = this.around.notes.read();
    if (notes?.user !== user.id) this.around.notes.write({ user: user.id, renewedAt: notes?.user === '' ? notes.renewedAt : 0, freshUntil: notes?.user === '' ? notes.freshUntil : 0 });
    this.become({ state: 'signed-in', user });
  }

  private end(because: 'ended' | 'signed-out'): void {
    const was = this.session.state === 'signed-in' || this.around.notes.read() !== null;
    this.around.notes.write(null);
    if (this.session.state === 'anonymous') return;
    this.become({ state: 'anonymous', because: was ? because : 'nobody' });
    if (was) this.around.tabs.tell({ kind: 'gone', because });
  }

  private hear(told: Told): void {
    const { session } = this;
    if (told.kind === 'renewed') this.renewAhead();
    if (told.kind === 'gone' && session.state !== 'anonymous') this.become({ state: 'anonymous', because: told.because });
    if (told.kind === 'signed-in' && !(session.state === 'signed-in' && session.user.id === told.user)) {
      this.become(UNKNOWN); // Nothing of somebody else stays in sight while we ask.
      void this.askWho();
    }
  }

  private note(user: string, freshSeconds: number): void {
    const renewedAt = this.around.now();
    const notes: SessionNotes = { user, renewedAt, freshUntil: renewedAt + freshSeconds * 1000 };
    this.around.notes.write(notes);
    this.refusal = null;
    this.renewAhead();
  }

  /** Sets the clock for renewing before the session lapses; one tab will do it for all. */
  private renewAhead(): void {
    clearTimeout(this.timer);
    const notes = this.around.notes.read();
    if (!notes?.freshUntil || this.session.state !== 'signed-in') return;
    const wait = Math.max(0, notes.freshUntil - RENEW_AHEAD_MS - this.around.now());
    this.timer = setTimeout(() => {
      // Out of sight nothing is renewed: what lapses meanwhile is renewed when it is asked for.
      if (this.around.isVisible()) void this.renew(notes.renewedAt);
    }, wait);
  }

  private waitForAnswer(problem: Problem): void {
    if (this.session.state !== 'unknown') return;
    this.become({ state: 'unknown', problem });
    this.timer = setTimeout(() => void this.askWho(), Math.max(ASK_AGAIN_MS, (problem.retryAfterSeconds ?? 0) * 1000));
  }

  private become(session: SessionState): void {
    this.session = session;
    if (session.state === 'signed-in') this.renewAhead();
    else clearTimeout(this.timer);
    this.listeners.forEach((listener) => listener());
  }
}

const addressOf = (path: string): URL => new URL(path, globalThis.location.origin);

async function bodyOf(answer: Response): Promise<unknown> {
  return answer.json().catch(() => null) as Promise<unknown>;
}

async function hasLapsed(answer: Response): Promise<boolean> {
  return answer.status === 401 && LAPSED.has(problemFrom(await bodyOf(answer.clone()), 401).code);
}
