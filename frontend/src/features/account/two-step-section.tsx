'use client';

import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { toast } from '@/ui/toast';
import type { Answer } from '@/api/client';
import { isEitherCode, isPassword } from '@/api/form-checks';
import { send } from '@/api/send';
import { useGet } from '@/api/use-get';
import { useSubmit } from '@/api/use-submit';
import { formatDate } from '@/lib/time';
import { Failure } from '@/ui/failure';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { PasswordField } from '@/ui/password-field';
import { SkeletonBlock } from '@/ui/skeleton';
import { FormButtons } from './form-buttons';
import { HiddenUsername } from './hidden-username';
import { RecoveryCodes } from './recovery-codes';
import { Reveal } from './reveal';
import { Section } from './section';
import { TwoStepSetup } from './two-step-setup';

const FEW_CODES = 3;

/** A code from an app besides the password: set up, look after, turn off. `onChanged` tells that it went on or off. */
export function TwoStepSection({ email, onChanged }: { email: string; onChanged: () => void }) {
  const state = useGet('/api/v1/auth/mfa', {});
  // Shown until the person says they are kept, whatever is heard of the account meanwhile.
  const [fresh, setFresh] = useState<string[] | null>(null);
  const renew = () => {
    if (state.state === 'ready') state.retry();
    onChanged();
  };
  const show = (codes: string[]) => {
    setFresh(codes);
    renew();
  };
  return (
    <Section id="two-step" title="Two-step sign-in" about="Besides your password, a code from an authenticator app. A stolen password alone then opens nothing.">
      {(state.state === 'loading' || state.state === 'idle') && <SkeletonBlock className="h-8 w-64" label="The second step is on its way" />}
      {state.state === 'failed' && <Failure problem={state.problem} retry={state.retry} />}
      {fresh ? (
        <RecoveryCodes codes={fresh} email={email} onKept={() => setFresh(null)} />
      ) : (
        state.state === 'ready' &&
        (state.data.enabled ? (
          <On email={email} state={state.data} onCodes={show} onOff={renew} />
        ) : (
          <Reveal label="Set up two-step sign-in">{(close) => <TwoStepSetup email={email} onCancel={close} onCodes={show} />}</Reveal>
        ))
      )}
    </Section>
  );
}

interface OnProps {
  email: string;
  state: Answer<'/api/v1/auth/mfa'>;
  onCodes: (codes: string[]) => void;
  onOff: () => void;
}

function On({ email, state, onCodes, onOff }: OnProps) {
  const left = state.recovery_codes_left;
  const newCodes = async (proof: Proof) => onCodes((await send('POST', '/api/v1/auth/mfa/recovery-codes', { body: proof })).recovery_codes);
  const turnOff = async (proof: Proof) => {
    await send('POST', '/api/v1/auth/mfa/disable', { body: proof });
    toast.success('Two-step sign-in is off, and the other sessions are ended');
    onOff();
  };
  return (
    <>
      <div className="flex flex-col gap-1 text-13">
        <p className="flex items-center gap-2">
          <ShieldCheck className="icon text-up" aria-hidden />
          On{state.enabled_at && ` since ${formatDate(state.enabled_at)}`}
        </p>
        <p className={left < FEW_CODES ? 'text-warn' : 'text-muted'}>
          {left === 0 ? 'No recovery code is left. Make new ones, or a lost phone locks you out.' : `${left} recovery ${left === 1 ? 'code is' : 'codes are'} left.`}
        </p>
      </div>
      <div className="flex flex-col gap-2">
        <Reveal label="Make new recovery codes">
          {(close) => <ProofForm email={email} action="Make new codes" about="The old recovery codes stop working." onProof={newCodes} onCancel={close} />}
        </Reveal>
        <Reveal label="Turn off two-step sign-in" danger>
          {(close) => <ProofForm email={email} action="Turn it off" danger about="Your password alone signs you in again. Every other session ends." onProof={turnOff} onCancel={close} />}
        </Reveal>
      </div>
    </>
  );
}

interface Proof {
  password: string;
  code: string;
}

interface ProofFormProps {
  email: string;
  action: string;
  about: string;
  danger?: boolean;
  onProof: (proof: Proof) => Promise<void>;
  onCancel: () => void;
}

/** Password and code, before anything that would weaken the account. */
function ProofForm({ email, action, about, danger, onProof, onCancel }: ProofFormProps) {
  const form = useSubmit({
    fields: { password: isPassword, code: isEitherCode },
    work: ({ password, code }) => onProof({ password, code: code.trim() }),
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <p className="text-13">{about}</p>
      <HiddenUsername email={email} />
      <PasswordField label="Your password" name="password" autoComplete="current-password" required error={form.errorOf('password')} />
      <Field label="Code from the app, or a recovery code" name="code" autoComplete="one-time-code" required error={form.errorOf('code')} />
      <FormError>{form.general}</FormError>
      <FormButtons action={action} danger={danger} form={form} onCancel={onCancel} />
    </form>
  );
}
