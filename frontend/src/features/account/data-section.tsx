'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { get } from '@/api/client';
import { Problem } from '@/api/problem';
import { wordsFor } from '@/api/problem-words';
import { FormError } from '@/ui/form-error';
import { saveFile } from './save-file';
import { Section } from './section';

/** Everything kept of the account, as one file. */
export function DataSection() {
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string>();
  const download = async () => {
    setBusy(true);
    setComplaint(undefined);
    try {
      saveFile('tradesense-account.json', JSON.stringify(await get('/api/v1/users/me/export', {}), null, 2), 'application/json');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setComplaint(wordsFor(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section id="data" title="Your data" about="Everything kept of your account in one JSON file: profile, preferences, sessions, keys without their secrets, and activity.">
      <button type="button" className="control self-start" aria-busy={busy || undefined} disabled={busy} onClick={() => void download()}>
        <Download className="icon" aria-hidden />
        Download your data
      </button>
      <FormError>{complaint}</FormError>
    </Section>
  );
}
