/** Pages that anybody may see. */
export const OPEN_PAGES: readonly string[] = ['/login', '/register', '/forgot-password', '/reset-password', '/verify-email'];

export const FIRST_PAGE = '/dashboard';

const withoutSlash = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') : path);

export const isOpenPage = (path: string): boolean => OPEN_PAGES.includes(withoutSlash(path));

/** Where to go after signing in: a page of this very origin that needs it, or else the first page. */
export function nextPage(wanted: string | null, origin: string): string {
  // A browser reads a backslash as a slash and drops tabs and line ends, so "/\x" would lead to another host.
  if (!wanted?.startsWith('/') || /[\\\u0000-\u001f]/.test(wanted)) return FIRST_PAGE;
  let address: URL;
  try {
    address = new URL(wanted, origin);
  } catch {
    return FIRST_PAGE;
  }
  if (wanted.startsWith('//') || address.origin !== origin || isOpenPage(address.pathname)) return FIRST_PAGE;
  return address.pathname + address.search + address.hash;
}

/** The way to sign in and come back. */
export function loginAddress(path: string, search: string): string {
  const here = path + search;
  return here === '/' || here === FIRST_PAGE || isOpenPage(path) ? '/login' : `/login?next=${encodeURIComponent(here)}`;
}

/** The same question on another page of signing in: what is to come next is kept. */
export function withNext(path: string, next: string | null): string {
  return next ? `${path}?next=${encodeURIComponent(next)}` : path;
}
