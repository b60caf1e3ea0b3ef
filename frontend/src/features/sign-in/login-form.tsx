'use client';

import Link from 'next/link';
import { send } from '@/api/send';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import { LINK } from './card';
import type { SignedIn } from './model';
import { LOGIN } from './rules';
import { useForm } from './use-form';

interface LoginFormProps {
  email?: string;
  onSignedIn: (answer: SignedIn) => void;
  /** The password is right, and a code is asked for. */
  onCodeWanted: (mfaToken: string) => void;
}

/** E-mail address and password. */
export function LoginForm({ email, onSignedIn, onCodeWanted }: LoginFormProps) {
  const form = useForm({
    schema: LOGIN,
    fields: ['email', 'password'],
    blame: 'password',
    work: async (values) => {
      const answer = await send('POST', '/api/v1/auth/login', { body: values });
      if ('mfa_required' in answer) onCodeWanted(answer.mfa_token);
      else onSignedIn(answer);
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      <Field label="E-mail" type="email" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required defaultValue={email} {...form.register('email')} error={form.errorOf('email')} />
      <PasswordField label="Password" autoComplete="current-password" required {...form.register('password')} error={form.errorOf('password')} />
      <FormError>{form.general}</FormError>
      <Button type="submit" kind="primary" wide busy={form.busy} disabled={form.wait > 0}>
        Sign in
      </Button>
      <Link href="/forgot-password" className={`${LINK} self-center text-13`}>
        Forgot your password?
      </Link>
    </form>
  );
}
