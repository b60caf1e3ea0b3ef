'use client';

import * as Dialog from '@radix-ui/react-dialog';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';

interface ConfirmProps {
  title: string;
  children: ReactNode;
  /** What the button does, in words. */
  action: string;
  /** Throws what is to be said when it could not be done. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks once before something that can't be taken back. The way out is focused first. */
export function Confirm({ title, children, action, onConfirm, onClose }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const wayOut = useRef<HTMLButtonElement>(null);
  const confirm = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : 'That did not work.');
      setBusy(false);
    }
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && !busy && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-background/70" />
        <Dialog.Content
          role="alertdialog"
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            wayOut.current?.focus();
          }}
          className="fixed left-1/2 top-[20vh] z-50 flex w-[min(440px,calc(100vw-24px))] -translate-x-1/2 flex-col gap-3 rounded border border-line bg-surface p-5 shadow-float"
        >
          <Dialog.Title className="text-16 font-semibold">{title}</Dialog.Title>
          <Dialog.Description asChild>
            <div className="text-13 text-muted">{children}</div>
          </Dialog.Description>
          {refusal && (
            <p role="alert" className="text-13 text-down">
              {refusal}
            </p>
          )}
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <button ref={wayOut} type="button" className="control" onClick={onClose} disabled={busy}>
              Cancel
            </button>
            <button type="button" className="control border-down/60 font-medium text-down" onClick={() => void confirm()} disabled={busy} aria-busy={busy}>
              {action}
            </button>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
