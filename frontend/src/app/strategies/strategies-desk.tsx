'use client';

import { Inbox } from 'lucide-react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { Builder } from '@/features/strategy-builder/builder';
import { chosenUnderlying, currentFirst } from '@/lib/history';
import { readStrategyLink } from '@/lib/strategy-link';
import { Failure } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { SkeletonRows } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';

/** Several options and futures as one position: the address holds all of it. */
export function StrategiesDesk() {
  const { asOf, every } = useAsOf();
  const { query, change } = useQuery();
  const underlyings = useGet('/api/v1/options', { query: { as_of: asOf } }, { every: every(POLL_MS.slow), keep: true });
  const link = readStrategyLink(query);

  if (underlyings.state === 'failed') return <Failure problem={underlyings.problem} retry={underlyings.retry} />;
  if (underlyings.state !== 'ready') return <SkeletonRows rows={10} label="The strategy is on its way" />;
  const now = asOf ? Date.parse(asOf) : underlyings.receivedAt;
  const items = currentFirst(underlyings.data.items, now).filter((item) => item.expiries.length > 0);
  const asked = link.kind === 'strategy' ? link.strategy.underlying : null;
  const chosen = items.find((item) => item.underlying === asked) ?? chosenUnderlying(items, asked, now) ?? items[0];
  if (!chosen) {
    return (
      <Notice icon={Inbox} title={asOf ? 'No option was alive by then' : 'There are no options to build with'}>
        {asOf ? 'Look at another moment.' : 'Import files of a venue with `tradesense import PATH`, or start with the simulated market on.'}
      </Notice>
    );
  }
  if (link.kind === 'refused') {
    return (
      <Notice
        icon={Inbox}
        urgent
        title="This address is no strategy"
        action={
          <button type="button" className="control" onClick={() => change({ legs: null, underlying: null }, 'push')}>
            Start with an empty one
          </button>
        }
      >
        {link.why}
      </Notice>
    );
  }
  return <Builder key={chosen.underlying} items={items} chosen={chosen} legs={link.kind === 'strategy' ? link.strategy.legs : []} />;
}
