'use client';

import Link from 'next/link';
import { isEmail, isPassword } from '@/api/form-checks';
import { send } from '@/api/send';
import { useSubmit } from '@/api/use-submit';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import { LINK } from './card';
import type { SignedIn } from './model';

interface LoginFormProps {
  email?: string;
  onSignedIn: (answer: SignedIn) => void;
  /** The password is right, and a code is asked for. */
  onCodeWanted: (mfaToken: string) => void;
}

/** E-mail address and password. */
export function LoginForm({ email, onSignedIn, onCodeWanted }: LoginFormProps) {
  const form = useSubmit({
    fields: { email: isEmail, password: isPassword },
    blame: 'password',
    work: async ({ email: typed, password }) => {
      const answer = await send('POST', '/api/v1/auth/login', { body: { email: typed.trim(), password } });
      if ('mfa_required' in answer) onCodeWanted(answer.mfa_token);
      else onSignedIn(answer);
    },
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <Field label="E-mail" type="email" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required defaultValue={email} name="email" error={form.errorOf('email')} />
      <PasswordField label="Password" autoComplete="current-password" required name="password" error={form.errorOf('password')} />
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
