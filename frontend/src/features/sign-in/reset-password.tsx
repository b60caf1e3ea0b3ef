'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Problem } from '@/api/problem';
import { send } from '@/api/send';
import { Button } from '@/ui/button';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import { Card, CardOutline, LINK } from './card';
import { PASSWORD_MIN_LENGTH, PASSWORD_RULES, RESET } from './rules';
import { useForm } from './use-form';
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
  const form = useForm({
    schema: RESET,
    fields: ['password'],
    about: { weak_password: 'password' },
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
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      <PasswordField label="New password" autoComplete="new-password" minLength={PASSWORD_MIN_LENGTH} hint={PASSWORD_RULES} required {...form.register('password')} error={form.errorOf('password')} />
      <FormError>{form.general}</FormError>
      <Button type="submit" kind="primary" wide busy={form.busy} disabled={form.wait > 0}>
        Change password
      </Button>
    </form>
  );
}
