'use client';

import Link from 'next/link';
import { useState } from 'react';
import { isEmail } from '@/api/form-checks';
import { send } from '@/api/send';
import { useSubmit } from '@/api/use-submit';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { Card, LINK } from './card';

/** Asking for a link to choose another password. The words are the same whether or not there is such an account. */
export function ForgotPassword() {
  const [email, setEmail] = useState<string | null>(null);
  const back = (
    <Link href="/login" className={LINK}>
      Back to signing in
    </Link>
  );
  if (email !== null) {
    return (
      <Card title="Look into your mail" foot={back}>
        <p role="status" className="text-14 [overflow-wrap:anywhere]">
          If there is an account for {email}, a mail with a link is on its way. Nothing there after a few minutes? Look into the spam, or{' '}
          <button type="button" className={LINK} onClick={() => setEmail(null)}>
            try another address
          </button>
          .
        </p>
      </Card>
    );
  }
  return (
    <Card title="Forgot your password?" lead="Type your e-mail address. We send a link to choose another password." foot={back}>
      <ForgotForm onSent={setEmail} />
    </Card>
  );
}

function ForgotForm({ onSent }: { onSent: (email: string) => void }) {
  const form = useSubmit({
    fields: { email: isEmail },
    work: async (typed) => {
      const email = typed.email.trim();
      await send('POST', '/api/v1/auth/password/forgot', { body: { email } });
      onSent(email);
    },
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <Field label="E-mail" type="email" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required name="email" error={form.errorOf('email')} />
      <FormError>{form.general}</FormError>
      <Button type="submit" kind="primary" wide busy={form.busy} disabled={form.wait > 0}>
        Send the link
      </Button>
    </form>
  );
}
