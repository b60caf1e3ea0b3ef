import type { ExternalToast, toast as Sonner } from 'sonner';

type Speaker = Pick<typeof Sonner, 'success' | 'error' | 'warning'>;

/** So many words wait, at most, for what shows them. */
const MOST_WAITING = 20;

let speaker: Speaker | null = null;
const waiting: Array<(speaker: Speaker) => void> = [];

function say(words: (speaker: Speaker) => void): void {
  if (speaker) words(speaker);
  else if (waiting.length < MOST_WAITING) waiting.push(words);
}

/** From now on words are shown by this; what was said before it was here is said now. */
export function speakThrough(given: Speaker): void {
  speaker = given;
  for (const words of waiting.splice(0)) words(given);
}

/** Says something in passing. What shows it comes with `ui/toaster`, after the page. */
export const toast = {
  success: (words: string, options?: ExternalToast) => say((to) => to.success(words, options)),
  error: (words: string, options?: ExternalToast) => say((to) => to.error(words, options)),
  warning: (words: string, options?: ExternalToast) => say((to) => to.warning(words, options)),
};
