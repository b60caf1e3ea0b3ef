'use client';

import { toast } from 'sonner';
import { send } from '@/api/send';
import { useSubmit } from '@/api/use-submit';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import { FormButtons } from './form-buttons';
import { HiddenUsername } from './hidden-username';
import { Reveal } from './reveal';
import { Section } from './section';

/** Another password; every other session ends with the old one. */
export function PasswordSection({ email }: { email: string }) {
  return (
    <Section id="password" title="Password" about="Long is what counts: a few words you remember do well. Common passwords are refused. Every other session ends when you change it.">
      <Reveal label="Change password">{(close) => <PasswordForm email={email} onClose={close} />}</Reveal>
    </Section>
  );
}

function PasswordForm({ email, onClose }: { email: string; onClose: () => void }) {
  const form = useSubmit(['current_password', 'new_password'], async (values) => {
    await send('POST', '/api/v1/auth/password/change', {
      body: { current_password: String(values.get('current_password')), new_password: String(values.get('new_password')) },
    });
    toast.success('Your password is changed, and the other sessions are ended');
    onClose();
  });
  return (
    <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      <HiddenUsername email={email} />
      <PasswordField label="Current password" name="current_password" autoComplete="current-password" required error={form.errorOf('current_password')} />
      <PasswordField label="New password" name="new_password" autoComplete="new-password" required minLength={12} hint="At least 12 characters. Spaces count." error={form.errorOf('new_password')} />
      <FormError>{form.general}</FormError>
      <FormButtons action="Change password" busy={form.busy} onCancel={onClose} />
    </form>
  );
}
