const SOON_MS = 2000;

/** Does something once the page has nothing better to do, at the latest after two seconds; returns how to call it off. */
export function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(run, { timeout: SOON_MS });
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(run, SOON_MS / 10);
  return () => clearTimeout(handle);
}
