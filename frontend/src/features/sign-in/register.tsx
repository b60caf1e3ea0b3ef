'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useSession } from '@/api/session';
import { withNext } from '@/lib/next-page';
import { Card, CardOutline, LINK } from './card';
import { RegisterForm } from './register-form';
import { useArrival } from './use-arrival';

type Done = { kind: 'made' } | { kind: 'mailed'; email: string };

/** Making an account. */
export function Register() {
  const { admit } = useSession();
  const { next, ready } = useArrival();
  const [done, setDone] = useState<Done | null>(null);
  const loginHref = withNext('/login', next);
  if (!ready) return <CardOutline />;
  if (done) {
    const [title, words] = done.kind === 'made' ? ['Your account is made', 'Sign in with it.'] : ['Look into your mail', `We wrote to ${done.email}. The mail says what to do next; the link in it works for a day.`];
    return (
      <Card title={title}>
        <p role="status" className="text-14 [overflow-wrap:anywhere]">
          {words}
        </p>
        <Link href={loginHref} className={`${LINK} self-start`}>
          To signing in
        </Link>
      </Card>
    );
  }
  return (
    <Card
      title="Make an account"
      lead="It is kept on this TradeSense, and nowhere else."
      foot={
        <p>
          Have an account?{' '}
          <Link href={loginHref} className={LINK}>
            Sign in
          </Link>
        </p>
      }
    >
      <RegisterForm loginHref={loginHref} onSignedIn={({ user, expires_in }) => admit(user, expires_in)} onMade={() => setDone({ kind: 'made' })} onMailSent={(email) => setDone({ kind: 'mailed', email })} />
    </Card>
  );
}
