import type { Tabs, Told } from './session-keeper';

const LOCK = 'tradesense-session';
const CHANNEL = 'tradesense-session';

/** The other tabs of this browser: one works at a time, all hear each other. A browser without locks or channels works alone. */
export function browserTabs(): Tabs {
  let channel: BroadcastChannel | null = null;
  return {
    alone: async (work) => {
      // Browsers offer locks on https and on this machine only. Without them, the server answers two tabs that renew at once with the same cookies.
      if (typeof navigator === 'undefined' || !('locks' in navigator)) return work();
      return await navigator.locks.request(LOCK, work);
    },
    tell: (told) => channel?.postMessage(told),
    listen: (hear) => {
      if (typeof BroadcastChannel === 'undefined') return () => undefined;
      const opened = new BroadcastChannel(CHANNEL);
      opened.onmessage = (event: MessageEvent<Told>) => hear(event.data);
      channel = opened;
      return () => {
        opened.close();
        channel = null;
      };
    },
  };
}
