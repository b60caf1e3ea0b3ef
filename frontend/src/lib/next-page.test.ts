import { FIRST_PAGE, isOpenPage, loginAddress, nextPage } from './next-page';

const HERE = 'http://127.0.0.1:8000';

describe('the page after signing in', () => {
  it('is the one that was wanted, with its query and its place', () => {
    expect(nextPage('/options?underlying=CL&expiry=2026-12-17#atm', HERE)).toBe('/options?underlying=CL&expiry=2026-12-17#atm');
  });
  it.each([
    null, '', 'futures', 'https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', '\\\\elsewhere.example', '/\t/elsewhere.example',
    '/\n/elsewhere.example', 'javascript:alert(1)', ' /futures', 'http:elsewhere.example', '///elsewhere.example', '//[',
  ])('is never on another host: %j', (wanted) => {
    expect(nextPage(wanted, HERE)).toBe(FIRST_PAGE);
  });
  it.each(['/login', '/login?next=%2Flogin', '/register', '/login/'])('is never a page of signing in: %s', (wanted) => {
    expect(nextPage(wanted, HERE)).toBe(FIRST_PAGE);
  });
});

describe('the way to sign in', () => {
  it('remembers where one was', () => {
    expect(loginAddress('/options', '?underlying=CL&as_of=2026-01-05T15:30:00Z')).toBe('/login?next=%2Foptions%3Funderlying%3DCL%26as_of%3D2026-01-05T15%3A30%3A00Z');
  });
  it('is short where there is nothing to remember', () => {
    expect(loginAddress('/', '')).toBe('/login');
    expect(loginAddress('/login', '?next=x')).toBe('/login');
  });
  it('knows the pages that anybody may see', () => {
    expect(isOpenPage('/reset-password')).toBe(true);
    expect(isOpenPage('/account')).toBe(false);
  });
});
