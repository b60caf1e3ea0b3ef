'use client';

import * as Dialog from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import { useShortcutGroups } from '@/ui/shortcuts';

const NAMES: Record<string, string> = { Mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** Every key that does something on this page, as the parts of the page have registered them. */
export default function ShortcutMap({ onClose }: { onClose: () => void }) {
  const groups = useShortcutGroups();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-background/70" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed left-1/2 top-[8vh] z-50 max-h-[84vh] w-[min(720px,calc(100vw-24px))] -translate-x-1/2 overflow-y-auto rounded border border-line bg-surface p-6 shadow-float"
        >
          <div className="flex items-center justify-between pb-4">
            <Dialog.Title className="text-16 font-semibold">Keys on this page</Dialog.Title>
            <Dialog.Close className="control w-8 justify-center px-0" aria-label="Close">
              <X className="icon" aria-hidden />
            </Dialog.Close>
          </div>
          <div className="gap-8 sm:columns-2">
            {groups.map((group) => (
              <section key={group.name} className="break-inside-avoid pb-6">
                <h3 className="pb-2 text-12 font-medium text-muted">{group.name}</h3>
                <dl className="flex flex-col gap-2 text-13">
                  {group.shortcuts.map(({ keys, words }) => (
                    <div key={keys} className="flex items-center justify-between gap-4">
                      <dt>{words}</dt>
                      <dd className="flex flex-none items-center gap-1">
                        <Keys keys={keys} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <p className="text-12 text-muted">Tables and charts: Tab leads into them, arrows move inside. Keys rest while you write in a field.</p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Keys({ keys }: { keys: string }) {
  return keys.split(' ').map((step, index) => (
    <span key={step + String(index)} className="flex items-center gap-1">
      {index > 0 && <span className="text-12 text-muted">then</span>}
      {(step === '+' ? ['+'] : step.split('+')).map((key) => (
        <kbd key={key} className="inline-flex h-6 min-w-6 items-center justify-center rounded border border-line bg-raised px-1.5 font-sans text-12">
          {NAMES[key] ?? (step.startsWith('Mod+') ? key.toUpperCase() : key)}
        </kbd>
      ))}
    </span>
  ));
}
