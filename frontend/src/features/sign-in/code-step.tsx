'use client';

import { useEffect, useState } from 'react';
import { send } from '@/api/send';
import { Button } from '@/ui/button';
import { CodeField } from '@/ui/code-field';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { LINK } from './card';
import type { SignedIn } from './model';
import { CODE, RECOVERY_CODE } from './rules';
import { useForm } from './use-form';

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
  const form = useForm({
    schema: CODE,
    fields: ['code'],
    about: { invalid_code: 'code' },
    blame: 'code',
    work: async ({ code }) => onSignedIn(await send('POST', '/api/v1/auth/mfa/challenge', { body: { mfa_token: mfaToken, code } })),
  });
  const { ref, ...code } = form.register('code');
  const focus = useFocusOnce();
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      <CodeField
        label="Code"
        required
        {...code}
        ref={(field) => {
          ref(field);
          focus(field);
        }}
        error={form.errorOf('code')}
        // The sixth digit is on its way to the form: it is sent when it has arrived.
        onComplete={(_, sent) => queueMicrotask(() => sent?.requestSubmit())}
      />
      <FormError>{form.general}</FormError>
      <Button type="submit" kind="primary" wide busy={form.busy} disabled={form.wait > 0}>
        Continue
      </Button>
    </form>
  );
}

function RecoveryForm({ mfaToken, onSignedIn }: FormProps) {
  const form = useForm({
    schema: RECOVERY_CODE,
    fields: ['recovery_code'],
    about: { invalid_code: 'recovery_code' },
    blame: 'recovery_code',
    work: async (values) => onSignedIn(await send('POST', '/api/v1/auth/mfa/challenge', { body: { mfa_token: mfaToken, ...values } })),
  });
  const { ref, ...code } = form.register('recovery_code');
  const focus = useFocusOnce();
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      <Field
        label="Recovery code"
        hint="One of the ten you kept. Each works once."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        {...code}
        ref={(field) => {
          ref(field);
          focus(field);
        }}
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
function useFocusOnce(): (field: HTMLElement | null) => void {
  const [field, setField] = useState<HTMLElement | null>(null);
  useEffect(() => field?.focus(), [field]);
  return setField;
}
