'use client';

import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import { isCode, isRecoveryCode } from '@/api/form-checks';
import { send } from '@/api/send';
import { useSubmit } from '@/api/use-submit';
import { Button } from '@/ui/button';
import { CodeField } from '@/ui/code-field';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { LINK } from './card';
import type { SignedIn } from './model';

interface CodeStepProps {
  mfaToken: string;
  onSignedIn: (answer: SignedIn) => void;
  /** The first step is too long ago, or another account is meant. */
  onStartOver: () => void;
}

/** The second step of signing in: six digits of the app, or a recovery code. */
export function CodeStep({ onStartOver, ...step }: CodeStepProps) {
  const [recovering, setRecovering] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      {recovering ? <RecoveryForm {...step} /> : <CodeForm {...step} />}
      <div className="flex flex-wrap justify-between gap-2 text-13">
        <button type="button" className={LINK} onClick={() => setRecovering((was) => !was)}>
          {recovering ? 'Use the app instead' : 'Use a recovery code'}
        </button>
        <button type="button" className={LINK} onClick={onStartOver}>
          Start over
        </button>
      </div>
    </div>
  );
}

type FormProps = Omit<CodeStepProps, 'onStartOver'>;

function CodeForm({ mfaToken, onSignedIn }: FormProps) {
  const form = useSubmit({
    fields: { code: isCode },
    blame: 'code',
    work: async ({ code }) => onSignedIn(await send('POST', '/api/v1/auth/mfa/challenge', { body: { mfa_token: mfaToken, code } })),
  });
  const field = useFocused();
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <CodeField ref={field} label="Code" name="code" required error={form.errorOf('code')} onComplete={(_, sent) => sent?.requestSubmit()} />
      <FormError>{form.general}</FormError>
      <Button type="submit" kind="primary" wide busy={form.busy} disabled={form.wait > 0}>
        Continue
      </Button>
    </form>
  );
}

function RecoveryForm({ mfaToken, onSignedIn }: FormProps) {
  const form = useSubmit({
    fields: { recovery_code: isRecoveryCode },
    blame: 'recovery_code',
    work: async ({ recovery_code }) => onSignedIn(await send('POST', '/api/v1/auth/mfa/challenge', { body: { mfa_token: mfaToken, recovery_code: recovery_code.trim() } })),
  });
  const field = useFocused();
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <Field
        ref={field}
        label="Recovery code"
        name="recovery_code"
        hint="One of the ten you kept. Each works once."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        error={form.errorOf('recovery_code')}
      />
      <FormError>{form.general}</FormError>
      <Button type="submit" kind="primary" wide busy={form.busy} disabled={form.wait > 0}>
        Continue
      </Button>
    </form>
  );
}

/** This step follows the password: its field is where the next key goes. */
function useFocused(): RefObject<HTMLInputElement> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
