// @vitest-environment jsdom
import { fetchKeepingChoices } from './kept-choices';

/** A browser does what the answer's `Clear-Site-Data` says before a script sees the answer. */
const answering = (meanwhile: () => void) =>
  vi.stubGlobal('fetch', async () => {
    meanwhile();
    return new Response(null, { status: 204 });
  });
const post = () => fetchKeepingChoices(new Request('http://localhost:3000/api/v1/auth/logout', { method: 'POST' }));

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('signing out', () => {
  it('leaves how this browser shows things, and nothing else', async () => {
    localStorage.setItem('theme', 'light');
    localStorage.setItem('zone', 'local');
    localStorage.setItem('tradesense.session', '{}');
    answering(() => localStorage.clear());
    await post();
    expect({ ...localStorage }).toEqual({ theme: 'light', zone: 'local' });
  });

  it('leaves what was chosen meanwhile', async () => {
    localStorage.setItem('theme', 'light');
    answering(() => localStorage.setItem('theme', 'dark'));
    await post();
    expect({ ...localStorage }).toEqual({ theme: 'dark' });
  });
});
