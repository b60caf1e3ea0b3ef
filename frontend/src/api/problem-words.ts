import type { Problem } from './problem';

const LONG_WAIT_SECONDS = 120;

export function waitWords(seconds: number): string {
  return `Too many tries. You can try again in ${seconds < LONG_WAIT_SECONDS ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`}.`;
}

/** What happened to what was asked for, and what to do about it. */
export function wordsFor(problem: Problem): string {
  // A proxy that finds nobody behind it answers with a status of its own and no document.
  if (problem.isUnreachable || /^http_50[234]$/.test(problem.code)) {
    const offline = typeof navigator !== 'undefined' && !navigator.onLine;
    return offline ? 'This device is offline. Try again when the connection is back.' : 'TradeSense does not answer. Check that it is running, then try again.';
  }
  if (problem.status === 429) return 'Too many tries. Wait a moment, then try again.';
  if ((problem.status ?? 0) === 500) return `Something failed on our side${problem.requestId ? ` (request ${problem.requestId})` : ''}. Try again.`;
  return problem.detail ?? problem.title;
}
