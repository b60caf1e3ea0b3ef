import { API_ROOT } from '@/config/desk';

/** Opens the stream of the host the page came from; the cookie of the session says who asks. */
export function openStream(): WebSocket {
  const address = new URL(`${API_ROOT}/stream`, globalThis.location.origin);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(address);
}
