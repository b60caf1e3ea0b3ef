'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { anything, isEmail, isNewPassword } from '@/api/form-checks';
import { send } from '@/api/send';
import { useSubmit } from '@/api/use-submit';
import { NEW_PASSWORD } from '@/config/password';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import type { SignedIn } from './model';

interface RegisterFormProps {
  loginHref: string;
  onSignedIn: (answer: SignedIn) => void;
  /** The account is there, but signing in takes another step. */
  onMade: () => void;
  /** A mail has been sent, whatever there was at that address. */
  onMailSent: (email: string) => void;
}

/** A new account, which is signed in at once where nothing has to be confirmed first. */
export function RegisterForm({ loginHref, onSignedIn, onMade, onMailSent }: RegisterFormProps) {
  const form = useSubmit({
    fields: { email: isEmail, full_name: anything, password: isNewPassword },
    work: async ({ password, ...typed }) => {
      const [email, name] = [typed.email.trim(), typed.full_name.trim()];
      const made = await send('POST', '/api/v1/auth/register', { body: { email, password, ...(name ? { full_name: name } : {}) } });
      if (!('id' in made)) return onMailSent(email);
      const answer = await send('POST', '/api/v1/auth/login', { body: { email, password } }).catch(() => null);
      if (answer === null || 'mfa_required' in answer) onMade();
      else onSignedIn(answer);
    },
  });
  const emailError: ReactNode = form.problem?.code === 'email_taken' && form.errorOf('email') ? (
    <>
      There is an account with this address already.{' '}
      <Link href={loginHref} className="underline underline-offset-2">
        Sign in
      </Link>
    </>
  ) : (
    form.errorOf('email')
  );
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <Field label="E-mail" type="email" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required name="email" error={emailError} />
      <Field label="Name" aside="optional" autoComplete="name" maxLength={120} name="full_name" error={form.errorOf('full_name')} />
      <PasswordField label="Password" name="password" {...NEW_PASSWORD} required error={form.errorOf('password')} />
      <FormError>{form.general}</FormError>
      <Button type="submit" kind="primary" wide busy={form.busy} disabled={form.wait > 0}>
        Make account
      </Button>
    </form>
  );
}
