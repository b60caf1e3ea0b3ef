import { fetchKeepingChoices } from './kept-choices';
import { SessionKeeper } from './session-keeper';
import { browserNotes } from './session-notes';
import { browserTabs } from './session-tabs';

/** The one session of this tab. */
export const browserSession = new SessionKeeper({
  fetch: fetchKeepingChoices,
  tabs: browserTabs(),
  notes: browserNotes(),
  now: () => Date.now(),
  isVisible: () => document.visibilityState === 'visible',
});
