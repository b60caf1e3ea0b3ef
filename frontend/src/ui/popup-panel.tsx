'use client';

import * as Popover from '@radix-ui/react-popover';
import type { ReactNode, RefObject } from 'react';
import { useRef } from 'react';
import { cx } from '@/lib/cx';

interface PopupPanelProps {
  id: string;
  anchor: RefObject<HTMLButtonElement>;
  label: string;
  align: 'start' | 'end';
  className: string;
  onClose: () => void;
  children: ReactNode;
}

/** The panel of a `Popup`: beside its button, left by Escape or by going elsewhere. */
export default function PopupPanel({ id, anchor, label, align, className, onClose, children }: PopupPanelProps) {
  const wentElsewhere = useRef(false);
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          id={id}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className={cx('z-40 rounded border border-line bg-surface text-13 shadow-float', className)}
          onInteractOutside={(event) => {
            // The button itself closes what it opened.
            if (anchor.current?.contains(event.target as Node)) event.preventDefault();
            else wentElsewhere.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!wentElsewhere.current) anchor.current?.focus();
          }}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
