/** The shared worker: one hub, one socket, for every tab of one person in this browser. */
import { openStream } from './address';
import type { FromTab } from './hub';
import { Hub } from './hub';
import { StreamSocket } from './socket';

const SWEEP_MS = 30_000;

const hub = new Hub((hearer, renew) => new StreamSocket({ open: openStream, renew, random: Math.random }, hearer));
setInterval(() => hub.sweep(), SWEEP_MS);

(globalThis as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const port = event.ports[0];
  if (!port) return;
  hub.attach(port);
  port.onmessage = (message: MessageEvent<FromTab>) => hub.hear(port, message.data);
};
