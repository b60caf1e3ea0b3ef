'use client';

import { useEffect, useRef, useState } from 'react';
import { isCode, isPassword } from '@/api/form-checks';
import { send } from '@/api/send';
import { useSubmit } from '@/api/use-submit';
import { CodeField } from '@/ui/code-field';
import { CopyButton } from '@/ui/copy-button';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import { FormButtons } from './form-buttons';
import { HiddenUsername } from './hidden-username';
import { inGroups, svgAddress } from './model';

interface Drawn {
  secret: string;
  otpauth_uri: string;
  qr_svg: string;
}

interface SetupProps {
  email: string;
  onCodes: (codes: string[]) => void;
  onCancel: () => void;
}

/** First the password, then the secret for the app and a code that proves the app has it. */
export function TwoStepSetup({ email, onCodes, onCancel }: SetupProps) {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  return drawn ? <ScanStep drawn={drawn} onCodes={onCodes} onCancel={onCancel} /> : <PasswordStep email={email} onDrawn={setDrawn} onCancel={onCancel} />;
}

function PasswordStep({ email, onDrawn, onCancel }: { email: string; onDrawn: (drawn: Drawn) => void; onCancel: () => void }) {
  const form = useSubmit({
    fields: { password: isPassword },
    work: async (body) => onDrawn(await send('POST', '/api/v1/auth/mfa/setup', { body })),
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <p className="text-13">
        <span className="text-muted">Step 1 of 3.</span> Confirm that it is you.
      </p>
      <HiddenUsername email={email} />
      <PasswordField label="Your password" name="password" autoComplete="current-password" required error={form.errorOf('password')} />
      <FormError>{form.general}</FormError>
      <FormButtons action="Next" form={form} onCancel={onCancel} />
    </form>
  );
}

function ScanStep({ drawn, onCodes, onCancel }: { drawn: Drawn; onCodes: (codes: string[]) => void; onCancel: () => void }) {
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const form = useSubmit({
    fields: { code: isCode },
    work: async (body) => onCodes((await send('POST', '/api/v1/auth/mfa/verify', { body })).recovery_codes),
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <p ref={heading} tabIndex={-1} className="text-13 outline-none">
        <span className="text-muted">Step 2 of 3.</span> Scan this with an authenticator app, then type the code it shows. Your other sessions end then.
      </p>
      {/* The drawing comes from our own server; as an image nothing in it can run. */}
      {/* eslint-disable-next-line @next/next/no-img-element */}
      <img src={svgAddress(drawn.qr_svg)} alt="QR code for your authenticator app; the secret below says the same" width={208} height={208} className="self-center rounded border border-line bg-white" />
      <div className="flex flex-col gap-1">
        <p className="text-12 text-muted">
          Can&apos;t scan it? Type this secret, or <a href={drawn.otpauth_uri} className="text-accent underline underline-offset-2">open the app on this device</a>.
        </p>
        <div className="flex items-center gap-2">
          <code data-testid="totp-secret" className="min-w-0 flex-1 rounded border border-line bg-background px-3 py-2 text-13 [overflow-wrap:anywhere]">
            {inGroups(drawn.secret)}
          </code>
          <CopyButton text={drawn.secret} label="Copy the secret" />
        </div>
      </div>
      <CodeField label="Code from the app" name="code" required error={form.errorOf('code')} />
      <FormError>{form.general}</FormError>
      <FormButtons action="Turn it on" form={form} onCancel={onCancel} />
    </form>
  );
}
