'use client';

import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useGet } from '@/api/use-get';
import { eventWords, isAlarming } from '@/lib/account-events';
import { deviceWords } from '@/lib/devices';
import { formatAgo, formatInstant } from '@/lib/time';
import { useZone } from '@/ui/preferences';
import { useNow } from '@/ui/use-now';
import { ListOf, ListRow } from './list-states';
import { Section } from './section';

const FEW = 8;
const MANY = 100;

/** What happened to the account lately: the place to see that somebody else was here. */
export function ActivitySection() {
  const [limit, setLimit] = useState(FEW);
  const events = useGet('/api/v1/users/me/audit', { query: { limit } }, { keep: true });
  const now = useNow();
  const [zone] = useZone();
  const hasMore = events.state === 'ready' && events.data.next_cursor !== null && limit === FEW;
  return (
    <Section id="activity" title="Activity" about="What happened to your account lately. If something here was not you, change your password and end the other sessions.">
      <ListOf label="Activity" resource={events} rowsOf={(data) => data.items} empty="Nothing has happened yet.">
        {(item) => (
          <ListRow
            key={`${item.ts} ${item.event}`}
            title={
              <>
                {isAlarming(item.event) && <TriangleAlert className="icon text-warn" aria-label="Look at this" />}
                {eventWords(item)}
              </>
            }
            facts={[
              <time key="when" dateTime={item.ts} title={formatInstant(item.ts, zone)}>
                {formatAgo(item.ts, now)}
              </time>,
              item.user_agent && deviceWords(item.user_agent),
              item.ip,
            ].filter(Boolean)}
          />
        )}
      </ListOf>
      {hasMore && (
        <button type="button" className="control self-start" onClick={() => setLimit(MANY)}>
          Show more
        </button>
      )}
    </Section>
  );
}
