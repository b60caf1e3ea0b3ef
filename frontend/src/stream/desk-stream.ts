/** The one stream of this tab. */
import { tabLink } from './shared';
import type { Renewal } from './socket';
import { TopicStore } from './store';

const HIDDEN_MS = 10_000;
const HIDDEN_FRAME_MS = 250;

/** A hidden page gets no frames to draw; its connection still has to be told. */
function beforeNextPicture(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(run);
  else setTimeout(run, HIDDEN_FRAME_MS);
}

export const deskStream = new TopicStore(beforeNextPicture);

/** Keeps the stream while somebody is signed in, and lets topics rest while the page is not looked at. Returns how to end it. */
export function keepStream(person: string, renew: () => Promise<Renewal>): () => void {
  const end = deskStream.start((hearer) => tabLink(person, renew, hearer));
  let hidden: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(hidden);
    if (document.visibilityState === 'visible') {
      deskStream.pause(false);
      deskStream.probe();
    } else hidden = setTimeout(() => deskStream.pause(true), HIDDEN_MS);
  };
  const probe = () => deskStream.probe();
  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', probe);
  window.addEventListener('offline', probe);
  return () => {
    clearTimeout(hidden);
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('online', probe);
    window.removeEventListener('offline', probe);
    end();
  };
}
