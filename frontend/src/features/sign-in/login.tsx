'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useSession } from '@/api/session';
import { withNext } from '@/lib/next-page';
import { Card, CardOutline, LINK } from './card';
import { CodeStep } from './code-step';
import { LoginForm } from './login-form';
import type { SignedIn } from './model';
import { useArrival } from './use-arrival';

/** Signing in: e-mail address and password, and a code where the account asks for one. */
export function Login() {
  const { admit, because } = useSession();
  const { next, ready } = useArrival();
  const [mfaToken, setMfaToken] = useState<string | null>(null);
  if (!ready) return <CardOutline />;
  const onSignedIn = ({ user, expires_in }: SignedIn) => admit(user, expires_in);
  if (mfaToken !== null) {
    return (
      <Card title="Enter the code" lead="Your authenticator app shows six digits for TradeSense.">
        <CodeStep mfaToken={mfaToken} onSignedIn={onSignedIn} onStartOver={() => setMfaToken(null)} />
      </Card>
    );
  }
  return (
    <Card
      title="Sign in"
      lead={because === 'ended' ? <p role="status">Your session has ended. Sign in to go on where you were.</p> : because === 'signed-out' ? <p role="status">You are signed out.</p> : 'Prices, curves and option chains of futures, on a desk of your own.'}
      foot={
        <p>
          No account yet?{' '}
          <Link href={withNext('/register', next)} className={LINK}>
            Make one
          </Link>
        </p>
      }
    >
      <LoginForm onSignedIn={onSignedIn} onCodeWanted={setMfaToken} />
    </Card>
  );
}
