'use client';

import { Button } from '@/ui/button';

/** What a revealed form ends with. */
export function FormButtons({ action, busy, danger = false, disabled = false, onCancel }: { action: string; busy: boolean; danger?: boolean; disabled?: boolean; onCancel: () => void }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button type="submit" kind={danger ? 'danger' : 'primary'} busy={busy} disabled={disabled}>
        {action}
      </Button>
      <Button type="button" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
