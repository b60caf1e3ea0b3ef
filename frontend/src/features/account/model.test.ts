import { codesSheet, curlExample, daysOf, expiryWords, inGroups, maskedKey, SCOPES, scopeWords, svgAddress } from './model';

const NOW = Date.parse('2026-03-17T12:00:00Z');

describe('an API key', () => {
  it('tells its scopes in words, in the order of the list, and one it does not know as it is', () => {
    expect(scopeWords(['portfolio:read', 'market:read'])).toBe('Read the market, read portfolios');
    expect(scopeWords(['market:read', 'moon:fly'])).toBe('Read the market, moon:fly');
    expect(SCOPES.every((scope) => scope.may.length > 10)).toBe(true);
  });
  it('tells when it ends', () => {
    expect(expiryWords(null, NOW)).toEqual({ words: 'Never expires', tone: 'calm' });
    expect(expiryWords('2026-06-01T00:00:00Z', NOW)).toEqual({ words: 'Expires 1 Jun 2026', tone: 'calm' });
    expect(expiryWords('2026-03-20T12:00:00Z', NOW)).toEqual({ words: 'Expires in 3 days', tone: 'soon' });
    expect(expiryWords('2026-03-17T13:00:00Z', NOW)).toEqual({ words: 'Expires within a day', tone: 'soon' });
    expect(expiryWords('2026-03-16T12:00:00Z', NOW)).toEqual({ words: 'Expired 16 Mar 2026', tone: 'over' });
  });
  it('is given a life in days, or none that ends', () => {
    expect(daysOf('30')).toBe(30);
    expect(daysOf('never')).toBeNull();
  });
  it('shows its beginning and end only', () => expect(maskedKey({ prefix: 'ts_live_ab', last_four: 'wxyz' })).toBe('ts_live_ab…wxyz'));
  it('comes with a command to try it', () => expect(curlExample('ts_live_k', 'http://desk')).toBe('curl -H "Authorization: Bearer ts_live_k" http://desk/api/v1/futures'));
});

describe('the second step', () => {
  it('writes the secret in groups of four', () => {
    expect(inGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ');
    expect(inGroups('')).toBe('');
  });
  it('writes the codes as a sheet to keep', () => expect(codesSheet(['aaaa-bbbb', 'cccc-dddd'], 'me@example.com', '2026-03-17T12:00:00Z')).toContain('17 Mar 2026. Each works once, instead of a code from the app.\n\naaaa-bbbb\ncccc-dddd\n'));
  it('shows the picture by an address in which nothing breaks out', () => {
    const address = svgAddress('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0#"/></svg>');
    expect(address.startsWith('data:image/svg+xml;utf8,')).toBe(true);
    expect(address).not.toMatch(/[<>"#]/);
  });
});
