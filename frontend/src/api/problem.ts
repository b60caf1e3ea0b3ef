/** What is wrong with one part of what was sent. */
export interface FieldError {
  /** The field's name, such as `password`. */
  field: string;
  message: string;
}

/** A failed request, in the words of its problem document (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly title: string,
    readonly detail: string | null,
    readonly status: number | null,
    readonly requestId: string | null,
    readonly errors: readonly FieldError[] = [],
    /** How long to wait before asking again makes sense. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail ?? title);
    this.name = 'Problem';
  }

  /** Nobody answered: the machine is offline or the backend is away. */
  get isUnreachable(): boolean {
    return this.code === 'unreachable';
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads whatever body came with an error answer; one that is no problem document is described by its status. */
export function problemFrom(body: unknown, status: number, headers?: Headers): Problem {
  const document = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  return new Problem(
    text(document.code) ?? `http_${status}`,
    text(document.title) ?? `The backend answered ${status}`,
    text(document.detail),
    status,
    text(document.request_id),
    Array.isArray(document.errors) ? document.errors.flatMap(fieldError) : [],
    secondsOf(headers?.get('Retry-After')),
  );
}

function fieldError(said: unknown): FieldError[] {
  const { loc, msg } = (said ?? {}) as { loc?: unknown; msg?: unknown };
  const field = Array.isArray(loc) ? loc[loc.length - 1] : null;
  const message = text(msg);
  return typeof field === 'string' && message ? [{ field, message }] : [];
}

function secondsOf(header: string | null | undefined): number | null {
  return header && /^\d{1,6}$/.test(header) ? Number(header) : null;
}

export function unreachable(): Problem {
  const offline = typeof navigator !== 'undefined' && !navigator.onLine;
  return new Problem(
    'unreachable',
    offline ? 'This device is offline' : 'The backend does not answer',
    offline ? 'Prices come back by themselves with the connection.' : 'Trying again every few seconds. Is TradeSense still running?',
    null,
    null,
  );
}
