'use client';

import { useState } from 'react';
import { toast } from '@/ui/toast';
import { anything, isEmail, isPassword } from '@/api/form-checks';
import { send } from '@/api/send';
import type { Me } from '@/api/session';
import { useSubmit } from '@/api/use-submit';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import { FormButtons } from './form-buttons';
import { Mark } from './list-states';
import { ROLE_WORDS } from './model';
import { Reveal } from './reveal';
import { Section } from './section';

/** Name, address and role. `onChanged` is called when the account is another one than before. */
export function ProfileSection({ me, onChanged }: { me: Me; onChanged: () => void }) {
  const role = ROLE_WORDS[me.role];
  return (
    <Section id="profile" title="Profile">
      <NameForm name={me.full_name ?? ''} onChanged={onChanged} />
      <div className="flex flex-col gap-1">
        <h3 className="text-13 font-medium">E-mail address</h3>
        <p className="flex flex-wrap items-center gap-2 text-13 [overflow-wrap:anywhere]">
          {me.email}
          {me.email_verified ? <Mark tone="good">Confirmed</Mark> : <Mark tone="warn">Not confirmed yet</Mark>}
        </p>
      </div>
      {!me.email_verified && <SendLinkAgain email={me.email} />}
      <ChangeEmail />
      <div className="flex flex-col gap-1">
        <h3 className="text-13 font-medium">Role</h3>
        <p className="text-13">
          {role?.name ?? me.role}
          {role && <span className="text-muted"> · {role.may}</span>}
        </p>
      </div>
    </Section>
  );
}

function NameForm({ name, onChanged }: { name: string; onChanged: () => void }) {
  const [typed, setTyped] = useState(name);
  const form = useSubmit({
    fields: { full_name: anything },
    work: async ({ full_name }) => {
      await send('PATCH', '/api/v1/users/me', { body: { full_name: full_name.trim() || null } });
      toast.success('Your name is changed');
      onChanged();
    },
  });
  return (
    <form {...form.props} className="flex flex-col gap-3">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label="Name" name="full_name" autoComplete="name" maxLength={120} value={typed} onChange={(event) => setTyped(event.target.value)} error={form.errorOf('full_name')} />
        </div>
        <Button type="submit" busy={form.busy} disabled={typed.trim() === name || form.wait > 0}>
          Save name
        </Button>
      </div>
      <FormError>{form.general}</FormError>
    </form>
  );
}

function SendLinkAgain({ email }: { email: string }) {
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    try {
      await send('POST', '/api/v1/auth/email/verify/resend', { body: { email } });
      toast.success(`A mail is on its way to ${email}`);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'That did not work.');
    } finally {
      setBusy(false);
    }
  };
  return (
    <button type="button" className="control self-start" onClick={() => void ask()} disabled={busy}>
      Send the link to confirm it again
    </button>
  );
}

function ChangeEmail() {
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <>
      {asked && (
        <p role="status" className="rounded border border-accent/50 px-3 py-2 text-13">
          We wrote to {asked}. Your address changes when you open the link in that mail.
        </p>
      )}
      <Reveal label="Change e-mail address">
        {(close) => (
          <ChangeEmailForm
            onCancel={close}
            onAsked={(email) => {
              setAsked(email);
              close();
            }}
          />
        )}
      </Reveal>
    </>
  );
}

function ChangeEmailForm({ onAsked, onCancel }: { onAsked: (email: string) => void; onCancel: () => void }) {
  const form = useSubmit({
    fields: { new_email: isEmail, password: isPassword },
    work: async ({ new_email, password }) => {
      const email = new_email.trim();
      await send('POST', '/api/v1/auth/email/change', { body: { new_email: email, password } });
      onAsked(email);
    },
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <Field label="New e-mail address" name="new_email" type="email" autoComplete="email" required error={form.errorOf('new_email')} />
      <PasswordField label="Your password" name="password" autoComplete="current-password" required error={form.errorOf('password')} />
      <FormError>{form.general}</FormError>
      <FormButtons action="Write to the new address" form={form} onCancel={onCancel} />
    </form>
  );
}
