'use client';

import type { Submission } from '@/api/use-submit';
import { Button } from '@/ui/button';

interface FormButtonsProps {
  action: string;
  form: Pick<Submission, 'busy' | 'wait'>;
  danger?: boolean;
  disabled?: boolean;
  onCancel: () => void;
}

/** What a revealed form ends with. */
export function FormButtons({ action, form, danger = false, disabled = false, onCancel }: FormButtonsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button type="submit" kind={danger ? 'danger' : 'primary'} busy={form.busy} disabled={disabled || form.wait > 0}>
        {action}
      </Button>
      <Button type="button" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
