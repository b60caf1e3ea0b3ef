/** The words of the stream, as they come over the wire, and guards that let nothing else in. */

export interface Snapshot {
  topic: string;
  kind: 'snapshot';
  seq: number;
  ts: string;
  data: unknown;
}

export interface Delta {
  topic: string;
  kind: 'delta';
  seq: number;
  /** The state this one builds on. */
  prev: number;
  ts: string;
  data: unknown;
}

export interface Status {
  topic: string;
  kind: 'status';
  ts: string;
  data: { state?: string; detail?: string | null; feeds?: FeedBeat[] };
}

export type Frame = Snapshot | Delta | Status;

export interface Refusal {
  code: string;
  detail: string;
}

export interface Reply {
  id: number;
  ok: boolean;
  error?: Refusal;
}

export interface FeedBeat {
  feed: string;
  state: 'live' | 'delayed' | 'stale' | 'closed' | 'off';
  last_tick_ts: string | null;
}

/** What a socket can be; every screen that shows something live says which. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'open' }
  /** Lost, or never had: tried again by itself. `failures` attempts in a row have led to nothing. */
  | { state: 'lost'; failures: number }
  | { state: 'signed-out' }
  | { state: 'refused'; code: number };

export const HEARTBEAT = 'system:heartbeat';

/** Close codes that mean something to a browser. */
export const CLOSED = { signedOut: 4401, forbidden: 4403, tooMany: 4429 } as const;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A message of the server, or null when it is none that we know. */
export function readMessage(text: string): { frame: Frame } | { reply: Reply } | null {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(message)) return null;
  if (isFrame(message)) return { frame: message };
  if (typeof message.id === 'number' && typeof message.ok === 'boolean') return { reply: message as unknown as Reply };
  return null;
}

function isFrame(message: Record<string, unknown>): message is Record<string, unknown> & Frame {
  if (typeof message.topic !== 'string') return false;
  if (message.kind === 'status') return isObject(message.data);
  if (typeof message.seq !== 'number') return false;
  return message.kind === 'snapshot' || (message.kind === 'delta' && typeof message.prev === 'number');
}
