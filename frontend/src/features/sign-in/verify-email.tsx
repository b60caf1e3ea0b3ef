'use client';

import Link from 'next/link';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '@/api/problem';
import { wordsFor } from '@/api/problem-words';
import { send } from '@/api/send';
import { useSession } from '@/api/session';
import { Button } from '@/ui/button';
import { FormError } from '@/ui/form-error';
import { Card, CardOutline, LINK } from './card';
import { useLinkToken } from './use-link-token';

type Outcome = { kind: 'confirmed' } | { kind: 'refused' } | { kind: 'failed'; words: string };

/** Confirming an e-mail address by a mailed link. */
export function VerifyEmail() {
  const token = useLinkToken();
  const { state, renew } = useSession();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const asked = useRef<string | null>(null);

  const confirm = useCallback(
    async (given: string) => {
      setOutcome(null);
      try {
        await send('POST', '/api/v1/auth/email/verify', { body: { token: given } });
        setOutcome({ kind: 'confirmed' });
        if (state === 'signed-in') void renew();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        setOutcome(error.code === 'invalid_link' ? { kind: 'refused' } : { kind: 'failed', words: wordsFor(error) });
      }
    },
    [state, renew],
  );

  useEffect(() => {
    if (!token || asked.current === token) return;
    asked.current = token; // A link works once: it must not be asked twice.
    void confirm(token);
  }, [token, confirm]);

  if (token === undefined || (token !== null && outcome === null)) return <CardOutline />;
  const onward = (
    <Link href={state === 'signed-in' ? '/account' : '/login'} className={`${LINK} self-start`}>
      {state === 'signed-in' ? 'To your account' : 'To signing in'}
    </Link>
  );
  if (outcome?.kind === 'confirmed') {
    return (
      <Card title="Your address is confirmed">
        <p role="status" className="text-14">
          Thank you. That was all.
        </p>
        {onward}
      </Card>
    );
  }
  if (token !== null && outcome?.kind === 'failed') {
    return (
      <Card title="Not confirmed yet">
        <FormError>{outcome.words}</FormError>
        <Button kind="primary" wide onClick={() => void confirm(token)}>
          Try again
        </Button>
      </Card>
    );
  }
  return (
    <Card title="This link does not work">
      <p role="status" className="text-14">
        It was used before, is too old, or was not copied whole. Your account page sends a new one.
      </p>
      {onward}
    </Card>
  );
}
