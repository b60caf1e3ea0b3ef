import { fetchKeepingChoices } from './kept-choices';

const answering = (headers: Record<string, string>) =>
  vi.stubGlobal('fetch', async () => {
    localStorage.clear();
    return new Response(null, { status: 204, headers });
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
    answering({ 'Clear-Site-Data': '"cache", "storage"' });
    await post();
    expect({ ...localStorage }).toEqual({ theme: 'light', zone: 'local' });
  });

  it('writes nothing back after an answer that empties nothing', async () => {
    localStorage.setItem('theme', 'light');
    answering({});
    await post();
    expect({ ...localStorage }).toEqual({});
  });
});
