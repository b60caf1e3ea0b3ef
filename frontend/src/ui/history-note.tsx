import { History } from 'lucide-react';
import type { ReactNode } from 'react';

interface HistoryNoteProps {
  children: ReactNode;
  /** Goes to the moment where there is something to see; absent when one is there already. */
  onLook?: () => void;
}

/** Says that what is shown is history, and leads to its last moment. */
export function HistoryNote({ children, onLook }: HistoryNoteProps) {
  return (
    <div role="note" className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded border border-warn/50 bg-surface px-3 py-2 text-13" data-testid="history-note">
      <History className="icon flex-none text-warn" aria-hidden />
      <p className="min-w-0 flex-1 basis-56">{children}</p>
      {onLook && (
        <button type="button" className="control flex-none" onClick={onLook}>
          Look there
        </button>
      )}
    </div>
  );
}
