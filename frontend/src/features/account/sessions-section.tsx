'use client';

import { useState } from 'react';
import { toast } from '@/ui/toast';
import { send } from '@/api/send';
import type { Answer } from '@/api/client';
import { useGet } from '@/api/use-get';
import { deviceWords } from '@/lib/devices';
import { formatAgo, formatInstant } from '@/lib/time';
import { Confirm } from '@/ui/confirm';
import { useZone } from '@/ui/preferences';
import { useNow } from '@/ui/use-now';
import { ListOf, ListRow, Mark } from './list-states';
import { Section } from './section';

type Session = Answer<'/api/v1/auth/sessions'>['items'][number];

/** Where the account is signed in; each place can be ended, or all but this one. */
export function SessionsSection() {
  const sessions = useGet('/api/v1/auth/sessions', {}, { every: 60_000 });
  const [asking, setAsking] = useState(false);
  const others = sessions.state === 'ready' ? sessions.data.items.filter((session) => !session.current) : [];
  const renew = () => sessions.state !== 'idle' && sessions.state !== 'loading' && sessions.retry();
  const endOthers = async () => {
    for (const session of others) await endSession(session);
    toast.success('You are signed out everywhere else');
    renew();
  };
  return (
    <Section id="sessions" title="Where you are signed in" about="Each browser or script that signed in with your password. An ended session can do nothing from its next click on.">
      <ListOf label="Sessions" resource={sessions} rowsOf={(data) => data.items} empty="You are signed in nowhere.">
        {(session) => <SessionRow key={session.id} session={session} onEnded={renew} />}
      </ListOf>
      {others.length > 1 && (
        <button type="button" className="control self-start" onClick={() => setAsking(true)}>
          End all other sessions
        </button>
      )}
      {asking && (
        <Confirm title={`End ${others.length} other sessions?`} action="End sessions" onConfirm={endOthers} onClose={() => setAsking(false)}>
          Every other browser and script has to sign in again. API keys go on working.
        </Confirm>
      )}
    </Section>
  );
}

function SessionRow({ session, onEnded }: { session: Session; onEnded: () => void }) {
  const [zone] = useZone();
  const now = useNow();
  const [busy, setBusy] = useState(false);
  const device = deviceWords(session.user_agent);
  const end = async () => {
    setBusy(true);
    try {
      await endSession(session);
      toast.success(`The session of ${device} is ended`);
      onEnded();
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'That did not work.');
      setBusy(false);
    }
  };
  return (
    <ListRow
      title={
        <>
          <span title={session.user_agent ?? undefined}>{device}</span>
          {session.current && <Mark tone="good">This one</Mark>}
        </>
      }
      facts={[
        session.ip ?? 'Place unknown',
        <time key="used" dateTime={session.last_used_at} title={formatInstant(session.last_used_at, zone)}>
          used {formatAgo(session.last_used_at, now)}
        </time>,
        <time key="since" dateTime={session.created_at} title={formatInstant(session.created_at, zone)}>
          signed in {formatAgo(session.created_at, now)}
        </time>,
      ]}
      action={
        !session.current && (
          <button type="button" className="control" aria-label={`End session of ${device}, used ${formatAgo(session.last_used_at, now)}`} onClick={() => void end()} disabled={busy}>
            End session
          </button>
        )
      }
    />
  );
}

const endSession = (session: Session) => send('DELETE', '/api/v1/auth/sessions/{session_id}', { path: { session_id: session.id } });
