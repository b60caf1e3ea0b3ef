'use client';

import Link from 'next/link';
import { useState } from 'react';
import { isNewPassword } from '@/api/form-checks';
import { Problem } from '@/api/problem';
import { send } from '@/api/send';
import { useSubmit } from '@/api/use-submit';
import { NEW_PASSWORD } from '@/config/password';
import { Button } from '@/ui/button';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import { Card, CardOutline, LINK } from './card';
import { useLinkToken } from './use-link-token';

/** Choosing another password by a mailed link. */
export function ResetPassword() {
  const token = useLinkToken();
  const [outcome, setOutcome] = useState<'changed' | 'refused' | null>(null);
  if (token === undefined) return <CardOutline />;
  if (outcome === 'changed') {
    return (
      <Card title="Your password is changed">
        <p role="status" className="text-14">
          Every session there was has ended.
        </p>
        <Link href="/login" className={`${LINK} self-start`}>
          Sign in with the new password
        </Link>
      </Card>
    );
  }
  if (token === null || outcome === 'refused') {
    return (
      <Card title="This link does not work">
        <p role="status" className="text-14">
          It was used before, is too old, or was not copied whole.
        </p>
        <Link href="/forgot-password" className={`${LINK} self-start`}>
          Ask for a new link
        </Link>
      </Card>
    );
  }
  return (
    <Card title="Choose a new password" lead="Every session of your account ends when you change it.">
      <ResetForm token={token} onChanged={() => setOutcome('changed')} onRefused={() => setOutcome('refused')} />
    </Card>
  );
}

function ResetForm({ token, onChanged, onRefused }: { token: string; onChanged: () => void; onRefused: () => void }) {
  const form = useSubmit({
    fields: { password: isNewPassword },
    work: async ({ password }) => {
      try {
        await send('POST', '/api/v1/auth/password/reset', { body: { token, password } });
      } catch (error) {
        if (error instanceof Problem && error.code === 'invalid_link') return onRefused();
        throw error;
      }
      onChanged();
    },
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <PasswordField label="New password" name="password" {...NEW_PASSWORD} required error={form.errorOf('password')} />
      <FormError>{form.general}</FormError>
      <Button type="submit" kind="primary" wide busy={form.busy} disabled={form.wait > 0}>
        Change password
      </Button>
    </form>
  );
}
