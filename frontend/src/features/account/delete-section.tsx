'use client';

import { useState } from 'react';
import { anything, isEitherCode, isPassword } from '@/api/form-checks';
import { send } from '@/api/send';
import { useSubmit } from '@/api/use-submit';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import { FormButtons } from './form-buttons';
import { Reveal } from './reveal';
import { Section } from './section';

interface DeleteProps {
  email: string;
  /** The second step is on: a code is asked for, too. */
  withCode: boolean;
  onDeleted: () => void;
}

/** The end of the account: the address is typed, so that nobody deletes one by a slip. */
export function DeleteSection({ email, withCode, onDeleted }: DeleteProps) {
  return (
    <Section id="delete" title="Delete account" about="Your profile, preferences, API keys and everything you keep here are deleted at once and for good. Nobody can bring them back; download your data first if you may want it.">
      <Reveal label="Delete account" danger>
        {(close) => <DeleteForm email={email} withCode={withCode} onDeleted={onDeleted} onCancel={close} />}
      </Reveal>
    </Section>
  );
}

function DeleteForm({ email, withCode, onDeleted, onCancel }: DeleteProps & { onCancel: () => void }) {
  const [typed, setTyped] = useState('');
  const matches = typed.trim().toLowerCase() === email.toLowerCase();
  const form = useSubmit({
    fields: { password: isPassword, code: withCode ? isEitherCode : anything },
    work: async ({ password, code }) => {
      await send('DELETE', '/api/v1/users/me', { body: { password, code: withCode ? code.trim() : null } });
      onDeleted();
    },
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <Field label={`Type ${email} to confirm`} name="confirm_email" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
      <PasswordField label="Your password" name="password" autoComplete="current-password" required error={form.errorOf('password')} />
      {withCode && <Field label="Code from the app, or a recovery code" name="code" autoComplete="one-time-code" required error={form.errorOf('code')} />}
      <FormError>{form.general}</FormError>
      <FormButtons action="Delete account for good" danger disabled={!matches} form={form} onCancel={onCancel} />
    </form>
  );
}
