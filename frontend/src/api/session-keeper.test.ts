// @vitest-environment jsdom
import { SessionKeeper } from './session-keeper';
import type { Me, Surroundings, Told } from './session-keeper';
import type { SessionNotes } from './session-notes';

const NORTH = { id: 'north', email: 'north@example.com', permissions: [] } as unknown as Me;
const SOUTH = { id: 'south', email: 'south@example.com', permissions: [] } as unknown as Me;
const json = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers });
const lapsed = () => json(401, { code: 'unauthorized', title: 'Unauthorized' });
const request = (path = '/api/v1/futures', init?: RequestInit) => new Request(`http://localhost:3000${path}`, init);

/** A server with one session, and a browser whose tabs share its cookies, notes, locks and words. */
class World {
  /** Whether the access cookie is good, and whether the refresh cookie is. */
  access = true;
  session = true;
  user = NORTH;
  now = 1_000_000;
  offline = false;
  refreshAnswer: (() => Response) | null = null;
  /** How whatever changes something is refused. */
  refusal: (() => Response) | null = null;
  readonly calls: string[] = [];
  notes: SessionNotes | null = null;
  /** Whether the browser keeps notes. */
  notesLast = true;
  private readonly hearers = new Map<object, (told: Told) => void>();
  private queue: Promise<unknown> = Promise.resolve();

  count = (path: string) => this.calls.filter((call) => call === path).length;

  tab(): SessionKeeper {
    const self = {};
    const around: Surroundings = {
      fetch: (asked) => this.answer(asked),
      now: () => (this.now += 1),
      isVisible: () => true,
      notes: { read: () => this.notes, write: (notes) => (this.notes = notes), lasts: () => this.notesLast },
      tabs: {
        alone: (work) => (this.queue = this.queue.then(work, work)) as ReturnType<typeof work>,
        tell: (told) => this.hearers.forEach((hear, tab) => tab !== self && hear(told)),
        listen: (hear) => {
          this.hearers.set(self, hear);
          return () => this.hearers.delete(self);
        },
      },
    };
    return new SessionKeeper(around);
  }

  private async answer(asked: Request): Promise<Response> {
    const path = new URL(asked.url).pathname;
    this.calls.push(path);
    const wasGood = this.access && this.session;
    await Promise.resolve();
    if (this.offline) throw new TypeError('Failed to fetch');
    if (path.endsWith('/auth/logout')) {
      this.session = false;
      return new Response(null, { status: 204 });
    }
    if (path.endsWith('/auth/refresh')) {
      if (this.refreshAnswer) return this.refreshAnswer();
      if (!this.session) return json(401, { code: 'session_ended' });
      this.access = true;
      return json(200, { expires_in: 900 });
    }
    if (this.refusal && asked.method !== 'GET') return this.refusal();
    if (!wasGood) return lapsed();
    return path.endsWith('/users/me') ? json(200, this.user) : json(200, { body: asked.body ? await asked.text() : null });
  }
}

async function signedIn(world: World): Promise<SessionKeeper> {
  const keeper = world.tab();
  keeper.start(false);
  await vi.waitFor(() => expect(keeper.current().state).toBe('signed-in'));
  return keeper;
}

describe('a lapsed session', () => {
  it('is renewed once for ten requests that find it out together, and each is repeated once', async () => {
    const world = new World();
    const keeper = await signedIn(world);
    world.access = false;
    const answers = await Promise.all(Array.from({ length: 10 }, () => keeper.fetch(request())));
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    expect(world.count('/api/v1/auth/refresh')).toBe(1);
    expect(world.count('/api/v1/futures')).toBe(20);
  });

  it('is renewed once for two tabs', async () => {
    const world = new World();
    const [one, two] = [await signedIn(world), await signedIn(world)];
    world.access = false;
    const answers = await Promise.all([one.fetch(request()), two.fetch(request()), two.fetch(request()), one.fetch(request())]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(world.count('/api/v1/auth/refresh')).toBe(1);
  });

  it('is renewed although the clock was set back since the last time', async () => {
    const world = new World();
    const keeper = await signedIn(world);
    world.access = false;
    await keeper.fetch(request());
    world.now -= 500_000;
    world.access = false;
    expect((await keeper.fetch(request())).status).toBe(200);
    expect(world.count('/api/v1/auth/refresh')).toBe(2);
  });

  it('has the body of a request sent again', async () => {
    const world = new World();
    const keeper = await signedIn(world);
    world.access = false;
    const answer = await keeper.fetch(request('/api/v1/trades', { method: 'POST', body: '{"quantity":"1"}' }));
    expect(await answer.json()).toEqual({ body: '{"quantity":"1"}' });
  });

  it('that stays lapsed after its renewal is not tried a third time', async () => {
    const world = new World();
    const keeper = await signedIn(world);
    world.access = false;
    world.refreshAnswer = () => json(200, { expires_in: 900 });
    expect((await keeper.fetch(request())).status).toBe(401);
    expect(world.count('/api/v1/futures')).toBe(2);
    expect(keeper.current()).toEqual({ state: 'anonymous', because: 'ended' });
  });

  it('that can not be renewed is over, in the other tabs too, and nobody asks on', async () => {
    const world = new World();
    const [one, two] = [await signedIn(world), await signedIn(world)];
    world.session = false;
    await Promise.all(Array.from({ length: 5 }, () => one.fetch(request())));
    expect(one.current()).toEqual({ state: 'anonymous', because: 'ended' });
    expect(two.current()).toEqual({ state: 'anonymous', because: 'ended' });
    await one.fetch(request());
    await two.fetch(request());
    expect(world.count('/api/v1/auth/refresh')).toBe(1);
  });
});

describe('what does not end a session', () => {
  it('is being offline', async () => {
    const world = new World();
    const keeper = await signedIn(world);
    world.access = false;
    world.offline = true;
    await expect(keeper.fetch(request())).rejects.toThrow();
    expect(keeper.current().state).toBe('signed-in');
  });

  it.each([
    [503, {}],
    [429, { 'Retry-After': '30' }],
  ])('is a renewal that is answered %d; it is not asked again at once', async (status, headers) => {
    const world = new World();
    const keeper = await signedIn(world);
    world.access = false;
    world.refreshAnswer = () => json(status, { code: 'not_now', title: 'Not now' }, headers as Record<string, string>);
    await expect(keeper.fetch(request())).rejects.toMatchObject({ code: 'not_now' });
    await expect(keeper.fetch(request())).rejects.toMatchObject({ code: 'not_now' });
    expect(world.count('/api/v1/auth/refresh')).toBe(1);
    expect(keeper.current().state).toBe('signed-in');
    world.refreshAnswer = null;
    world.now += 31_000;
    expect((await keeper.fetch(request())).status).toBe(200);
  });

  const proven = [
    ['DELETE', '/api/v1/users/me'],
    ['POST', '/api/v1/auth/mfa/setup'],
    ['POST', '/api/v1/auth/mfa/verify'],
    ['POST', '/api/v1/auth/mfa/disable'],
    ['POST', '/api/v1/auth/mfa/recovery-codes'],
    ['POST', '/api/v1/auth/mfa/challenge'],
    ['POST', '/api/v1/auth/password/change'],
    ['POST', '/api/v1/auth/email/change'],
    ['POST', '/api/v1/auth/login'],
  ] as const;
  const refusals = [
    [401, 'invalid_code'],
    [401, 'invalid_credentials'],
    [403, 'reauth_required'],
  ] as const;

  // Repeated, one wrong try would count as two.
  it.each(proven.flatMap((asked) => refusals.map((answer) => [...asked, ...answer] as const)))('is %s %s answered %d %s, which is sent once', async (method, path, status, code) => {
    const world = new World();
    const keeper = await signedIn(world);
    const before = world.count(path);
    world.refusal = () => json(status, { code });
    expect((await keeper.fetch(request(path, { method, body: '{}' }))).status).toBe(status);
    expect(world.count(path) - before).toBe(1);
    expect(world.count('/api/v1/auth/refresh')).toBe(0);
    expect(keeper.current().state).toBe('signed-in');
  });

  it('is a 401 of something before the server, which says no code', async () => {
    const world = new World();
    const keeper = await signedIn(world);
    world.refusal = () => new Response('Who are you?', { status: 401 });
    expect((await keeper.fetch(request('/api/v1/trades', { method: 'POST', body: '{}' }))).status).toBe(401);
    expect(world.calls.filter((call) => call === '/api/v1/trades')).toHaveLength(1);
    expect(world.count('/api/v1/auth/refresh')).toBe(0);
  });
});

describe('who is signed in', () => {
  it('is asked by a page that needs it, and renewed silently when access has lapsed', async () => {
    const world = new World();
    world.access = false;
    world.notes = { user: 'north', renewedAt: 0, freshUntil: 0 };
    const keeper = await signedIn(world);
    expect(keeper.current()).toEqual({ state: 'signed-in', user: NORTH });
    expect(world.count('/api/v1/auth/refresh')).toBe(1);
  });

  it('is renewed silently in a browser that keeps no notes, too', async () => {
    const world = new World();
    world.access = false;
    world.notesLast = false;
    const keeper = await signedIn(world);
    expect(keeper.current()).toEqual({ state: 'signed-in', user: NORTH });
  });

  it('is not asked by an open page of a browser that remembers no session', () => {
    const world = new World();
    const keeper = world.tab();
    keeper.start(true);
    expect(keeper.current()).toEqual({ state: 'anonymous', because: 'nobody' });
    expect(world.calls).toEqual([]);
  });

  it('is nobody on a machine where nobody was', async () => {
    const world = new World();
    world.session = false;
    const keeper = world.tab();
    keeper.start(false);
    await vi.waitFor(() => expect(keeper.current()).toEqual({ state: 'anonymous', because: 'nobody' }));
    expect(world.calls).toEqual(['/api/v1/users/me']);
  });

  it('is not known while nobody answers, and asked again', async () => {
    vi.useFakeTimers();
    const world = new World();
    world.offline = true;
    const keeper = world.tab();
    keeper.start(false);
    await vi.advanceTimersByTimeAsync(10);
    expect(keeper.current()).toMatchObject({ state: 'unknown', problem: { code: 'unreachable' } });
    world.offline = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(keeper.current()).toEqual({ state: 'signed-in', user: NORTH });
    vi.useRealTimers();
  });

  it('is told to the other tabs, which forget the person before', async () => {
    const world = new World();
    const [one, two] = [await signedIn(world), await signedIn(world)];
    const seen: string[] = [];
    two.subscribe(() => seen.push(two.current().state));
    world.user = SOUTH;
    one.admit(SOUTH, 900);
    await vi.waitFor(() => expect(two.current()).toEqual({ state: 'signed-in', user: SOUTH }));
    expect(seen[0]).toBe('unknown');
  });

  it('is nobody in any tab after signing out in one', async () => {
    const world = new World();
    const [one, two] = [await signedIn(world), await signedIn(world)];
    await one.signOut();
    expect(one.current()).toEqual({ state: 'anonymous', because: 'signed-out' });
    expect(two.current()).toEqual({ state: 'anonymous', because: 'signed-out' });
  });

  it('stays signed in where the server could not be told of signing out', async () => {
    const world = new World();
    const keeper = await signedIn(world);
    world.offline = true;
    await expect(keeper.signOut()).rejects.toMatchObject({ code: 'unreachable' });
    expect(keeper.current().state).toBe('signed-in');
  });
});

describe('renewing ahead', () => {
  it('happens a minute before the session lapses, by one tab for all', async () => {
    vi.useFakeTimers();
    const world = new World();
    const tabs = [world.tab(), world.tab()];
    tabs.forEach((tab) => tab.start(false));
    await vi.advanceTimersByTimeAsync(10);
    tabs[0]?.admit(NORTH, 900);
    await vi.advanceTimersByTimeAsync(10);
    world.now += 841_000;
    await vi.advanceTimersByTimeAsync(841_000);
    expect(world.count('/api/v1/auth/refresh')).toBe(1);
    vi.useRealTimers();
  });
});
