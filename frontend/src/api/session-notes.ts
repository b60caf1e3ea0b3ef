/** What this browser remembers of its session: that there is one, whose, and until when it is fresh. Never a token. */
export interface SessionNotes {
  user: string;
  renewedAt: number;
  freshUntil: number;
}

export interface NoteBook {
  read: () => SessionNotes | null;
  write: (notes: SessionNotes | null) => void;
  /** Whether what is written is still there when the page is opened again. */
  lasts: () => boolean;
}

const NAME = 'tradesense.session';

/** Notes that all tabs share; where the browser forbids storage, each tab keeps its own. */
export function browserNotes(): NoteBook {
  let own: SessionNotes | null = null;
  return {
    read: () => {
      try {
        return parsed(window.localStorage.getItem(NAME));
      } catch {
        return own;
      }
    },
    write: (notes) => {
      own = notes;
      try {
        if (notes) window.localStorage.setItem(NAME, JSON.stringify(notes));
        else window.localStorage.removeItem(NAME);
      } catch {
        return;
      }
    },
    lasts: () => {
      try {
        window.localStorage.getItem(NAME);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function parsed(text: string | null): SessionNotes | null {
  if (text === null) return null;
  try {
    const { user, renewedAt, freshUntil } = JSON.parse(text) as Partial<SessionNotes>;
    return typeof user === 'string' && typeof renewedAt === 'number' && typeof freshUntil === 'number' ? { user, renewedAt, freshUntil } : null;
  } catch {
    return null; // Written by something else: as good as nothing.
  }
}
