'use client';

import { toast } from '@/ui/toast';
import { isNewPassword, isPassword } from '@/api/form-checks';
import { send } from '@/api/send';
import { useSubmit } from '@/api/use-submit';
import { NEW_PASSWORD } from '@/config/password';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import { FormButtons } from './form-buttons';
import { HiddenUsername } from './hidden-username';
import { Reveal } from './reveal';
import { Section } from './section';

/** Another password; every other session ends with the old one. */
export function PasswordSection({ email }: { email: string }) {
  return (
    <Section id="password" title="Password" about="Every other session ends when you change it.">
      <Reveal label="Change password">{(close) => <PasswordForm email={email} onClose={close} />}</Reveal>
    </Section>
  );
}

function PasswordForm({ email, onClose }: { email: string; onClose: () => void }) {
  const form = useSubmit({
    fields: { current_password: isPassword, new_password: isNewPassword },
    work: async (body) => {
      await send('POST', '/api/v1/auth/password/change', { body });
      toast.success('Your password is changed, and the other sessions are ended');
      onClose();
    },
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <HiddenUsername email={email} />
      <PasswordField label="Current password" name="current_password" autoComplete="current-password" required error={form.errorOf('current_password')} />
      <PasswordField label="New password" name="new_password" {...NEW_PASSWORD} required error={form.errorOf('new_password')} />
      <FormError>{form.general}</FormError>
      <FormButtons action="Change password" form={form} onCancel={onClose} />
    </form>
  );
}
