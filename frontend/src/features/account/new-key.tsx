'use client';

import { useEffect, useRef } from 'react';
import { Button } from '@/ui/button';
import { CopyButton } from '@/ui/copy-button';
import { curlExample } from './model';

export interface MadeKey {
  id: string;
  name: string;
  key: string;
}

/** A new key, shown this once, with a command to try it. */
export function NewKey({ made, onKept }: { made: MadeKey; onKept: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const command = curlExample(made.key, window.location.origin);
  return (
    <div ref={box} tabIndex={-1} role="group" aria-labelledby="new-key-title" className="card flex flex-col gap-4 border-warn/60 p-4 outline-none">
      <div className="flex flex-col gap-1">
        <h3 id="new-key-title" className="text-14 font-semibold">
          Your new key {made.name}
        </h3>
        <p className="text-13 text-muted">Copy it now: it is not shown again. Whoever has it can use it.</p>
      </div>
      <Copyable text={made.key} testId="new-key" label="Copy the key" />
      <div className="flex flex-col gap-1">
        <p className="text-12 text-muted">Try it in a terminal:</p>
        <Copyable text={command} testId="curl" label="Copy the command" />
      </div>
      <Button type="button" kind="primary" className="self-start" onClick={onKept}>
        I copied it
      </Button>
    </div>
  );
}

function Copyable({ text, testId, label }: { text: string; testId: string; label: string }) {
  return (
    <div className="flex items-start gap-2">
      <code data-testid={testId} className="min-w-0 flex-1 select-all rounded border border-line bg-background px-3 py-[6px] text-12 leading-[18px] break-all">
        {text}
      </code>
      <CopyButton text={text} label={label} />
    </div>
  );
}
