'use client';

import { Download, Printer } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '@/ui/button';
import { CopyButton } from '@/ui/copy-button';
import { codesSheet } from './model';
import { saveFile } from './save-file';

/** The codes that replace the app, shown this once; only these are printed. */
export function RecoveryCodes({ codes, email, onKept }: { codes: string[]; email: string; onKept: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const sheet = codesSheet(codes, email, new Date().toISOString());
  return (
    <div ref={box} tabIndex={-1} role="group" aria-labelledby="codes-title" className="card flex flex-col gap-4 border-warn/60 p-4 outline-none">
      <div className="flex flex-col gap-1">
        <h3 id="codes-title" className="text-14 font-semibold">
          Keep these recovery codes
        </h3>
        <p className="text-13 text-muted">Two-step sign-in is on. Without your phone, each of these codes signs you in once. They are not shown again.</p>
      </div>
      <div className="print-sheet">
        <p className="hidden text-13 print:block">TradeSense recovery codes for {email}. Each works once.</p>
        <ul aria-label="Recovery codes" className="grid gap-x-6 gap-y-1 rounded border border-line bg-background px-3 py-2 sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>
              <code className="num whitespace-nowrap text-13">{code}</code>
            </li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={sheet} label="Copy the recovery codes" />
        <button type="button" className="control" onClick={() => saveFile('tradesense-recovery-codes.txt', sheet, 'text/plain')}>
          <Download className="icon" aria-hidden />
          Download
        </button>
        <button type="button" className="control" onClick={() => window.print()}>
          <Printer className="icon" aria-hidden />
          Print
        </button>
        <Button type="button" kind="primary" className="ml-auto" onClick={onKept}>
          I kept them
        </Button>
      </div>
    </div>
  );
}
