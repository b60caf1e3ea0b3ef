'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Problem } from '@/api/problem';
import { send } from '@/api/send';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import type { SignedIn } from './model';
import { PASSWORD_MIN_LENGTH, PASSWORD_RULES, REGISTER } from './rules';
import { useForm } from './use-form';

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
  const [taken, setTaken] = useState(false);
  const form = useForm({
    schema: REGISTER,
    fields: ['email', 'full_name', 'password'],
    about: { email_taken: 'email', invalid_email: 'email', weak_password: 'password' },
    work: async ({ email, full_name, password }) => {
      setTaken(false);
      const made = await send('POST', '/api/v1/auth/register', { body: { email, password, ...(full_name ? { full_name } : {}) } }).catch((error: unknown) => {
        setTaken(error instanceof Problem && error.code === 'email_taken');
        throw error;
      });
      if (!('id' in made)) return onMailSent(email);
      const answer = await send('POST', '/api/v1/auth/login', { body: { email, password } }).catch(() => null);
      if (answer === null || 'mfa_required' in answer) onMade();
      else onSignedIn(answer);
    },
  });
  const emailError: ReactNode = taken && form.errorOf('email') ? (
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
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      <Field label="E-mail" type="email" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required {...form.register('email', { onChange: () => setTaken(false) })} error={emailError} />
      <Field label="Name" aside="optional" autoComplete="name" maxLength={120} {...form.register('full_name')} error={form.errorOf('full_name')} />
      <PasswordField label="Password" autoComplete="new-password" minLength={PASSWORD_MIN_LENGTH} hint={PASSWORD_RULES} required {...form.register('password')} error={form.errorOf('password')} />
      <FormError>{form.general}</FormError>
      <Button type="submit" kind="primary" wide busy={form.busy} disabled={form.wait > 0}>
        Make account
      </Button>
    </form>
  );
}
