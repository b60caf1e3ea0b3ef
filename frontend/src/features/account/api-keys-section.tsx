'use client';

import { useState } from 'react';
import { toast } from '@/ui/toast';
import type { Answer } from '@/api/client';
import { send } from '@/api/send';
import { useGet } from '@/api/use-get';
import { cx } from '@/lib/cx';
import { formatAgo, formatInstant } from '@/lib/time';
import { Confirm } from '@/ui/confirm';
import { useZone } from '@/ui/preferences';
import { useNow } from '@/ui/use-now';
import { ListOf, ListRow } from './list-states';
import { MakeKeyForm } from './make-key-form';
import { expiryWords, maskedKey, scopeWords } from './model';
import type { MadeKey } from './new-key';
import { NewKey } from './new-key';
import { Reveal } from './reveal';
import { Section } from './section';

type ApiKey = Answer<'/api/v1/api-keys'>['items'][number];

/** Keys for scripts: which there are, a new one shown once, and their end. */
export function ApiKeysSection({ permissions }: { permissions: readonly string[] }) {
  const keys = useGet('/api/v1/api-keys', { query: { limit: 100 } });
  const [made, setMade] = useState<MadeKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const renew = () => keys.state === 'ready' && keys.retry();
  const revoke = async (key: ApiKey) => {
    await send('DELETE', '/api/v1/api-keys/{key_id}', { path: { key_id: key.id } });
    toast.success(`The key ${key.name} is revoked`);
    if (made?.id === key.id) setMade(null);
    renew();
  };
  return (
    <Section id="api-keys" title="API keys" about="For scripts and notebooks. A key does what its scopes say, and never more than you may do yourself; it can't manage the account.">
      <ListOf label="API keys" resource={keys} rowsOf={(data) => data.items} empty="No keys yet. Make one to read the desk from a script.">
        {(key) => <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />}
      </ListOf>
      {made && <NewKey made={made} onKept={() => setMade(null)} />}
      {!made && (
        <Reveal label="Make key">
          {(close) => (
            <MakeKeyForm
              permissions={permissions}
              onCancel={close}
              onMade={(key) => {
                setMade(key);
                renew();
              }}
            />
          )}
        </Reveal>
      )}
      {revoking && (
        <Confirm title={`Revoke the key ${revoking.name}?`} action="Revoke key" onConfirm={() => revoke(revoking)} onClose={() => setRevoking(null)}>
          Whatever uses {maskedKey(revoking)} is refused from its next request on. A revoked key can&apos;t be brought back.
        </Confirm>
      )}
    </Section>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const [zone] = useZone();
  const now = useNow();
  const expiry = expiryWords(apiKey.expires_at, now);
  return (
    <ListRow
      title={
        <>
          {apiKey.name}
          <code className="text-12 font-normal text-muted">{maskedKey(apiKey)}</code>
        </>
      }
      facts={[
        scopeWords(apiKey.scopes),
        <span key="expiry" className={cx(expiry.tone !== 'calm' && 'text-warn')} title={apiKey.expires_at ? formatInstant(apiKey.expires_at, zone) : undefined}>
          {expiry.words}
        </span>,
        apiKey.last_used_at ? (
          <time key="used" dateTime={apiKey.last_used_at} title={formatInstant(apiKey.last_used_at, zone)}>
            used {formatAgo(apiKey.last_used_at, now)}
          </time>
        ) : (
          'never used'
        ),
      ]}
      action={
        <button type="button" className="control" aria-label={`Revoke key ${apiKey.name}`} onClick={onRevoke}>
          Revoke
        </button>
      }
    />
  );
}
