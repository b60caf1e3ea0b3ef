'use client';

import { SlidersHorizontal } from 'lucide-react';
import { DisplayFields } from '@/ui/display-fields';
import { Popup } from '@/ui/popup';

/** How the desk shows things; the account page offers the same. */
export function DisplayMenu() {
  return (
    <Popup
      button={{ className: 'control w-8 flex-none justify-center px-0', 'aria-label': 'Display', 'data-tour': 'display', children: <SlidersHorizontal className="icon" aria-hidden /> }}
      label="Display"
      className="flex w-80 max-w-[calc(100vw-16px)] flex-col gap-4 p-4"
    >
      <DisplayFields />
      <p className="text-12 text-muted">What you choose follows you to your other devices.</p>
    </Popup>
  );
}
