'use client';

import { PlugZap } from 'lucide-react';
import { useState } from 'react';
import { toast } from '@/ui/toast';
import { send } from '@/api/send';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import type { Clock } from '@/lib/time';
import { askEvery, withLive } from '@/stream/over';
import { FEEDS_TOPIC } from '@/stream/topics';
import { useServerTime, useTopic } from '@/stream/use-topic';
import { Confirm } from '@/ui/confirm';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { SkeletonRows } from '@/ui/skeleton';
import { FeedCard } from './feed-card';
import type { Fault, Feed, FeedsAnswer } from './model';
import { switchWords } from './model';

/** Every feed and how it is doing. Who may, puts feeds on and off and practises what can go wrong. */
export function FeedList({ mayChange }: { mayChange: boolean }) {
  const told = useTopic<FeedsAnswer>(FEEDS_TOPIC);
  const asked = useGet('/api/v1/feeds', {}, { every: askEvery(told, POLL_MS.prices), keep: true });
  const feeds = withLive(asked, told);
  const time = useServerTime();
  const [toSwitch, setToSwitch] = useState<Feed | null>(null);
  const askAgain = () => asked.state === 'ready' && asked.retry();

  const flip = async (feed: Feed) => {
    await send('PATCH', '/api/v1/feeds/{feed}', { path: { feed: feed.feed }, body: { enabled: !feed.enabled } });
    toast.success(switchWords(feed).done);
    askAgain();
  };
  const practise = async (feed: Feed, fault: Fault | null) => {
    try {
      await send('POST', '/api/v1/feeds/{feed}/fault', { path: { feed: feed.feed }, body: { fault } });
      askAgain();
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'That did not work.');
    }
  };

  return (
    <section className="flex flex-col gap-4">
      <h1 className="text-20 font-semibold">Feeds</h1>
      {feeds.state === 'loading' && <SkeletonRows rows={4} label="The feeds are on their way" />}
      {feeds.state === 'failed' && <Failure problem={feeds.problem} retry={feeds.retry} />}
      {feeds.state === 'ready' && (
        <>
          {feeds.problem && <NotRenewed problem={feeds.problem} retry={feeds.retry} />}
          {feeds.data.items.length === 0 && (
            <Notice icon={PlugZap} title="No feed runs here">
              Prices come from imported files alone.
            </Notice>
          )}
          <div className="grid gap-4 lg:grid-cols-2">
            {feeds.data.items.map((feed) => (
              <FeedCard
                key={feed.feed}
                feed={feed}
                clock={clockOf(time, feeds.receivedAt)}
                cut={feeds.cut === true}
                mayChange={mayChange}
                onSwitch={() => setToSwitch(feed)}
                onFault={(fault) => void practise(feed, fault)}
              />
            ))}
          </div>
          {!mayChange && <p className="text-13 text-muted">Administrators switch feeds on and off here.</p>}
        </>
      )}
      {toSwitch && (
        <Confirm title={switchWords(toSwitch).title} action={switchWords(toSwitch).action} onConfirm={() => flip(toSwitch)} onClose={() => setToSwitch(null)}>
          {switchWords(toSwitch).text}
        </Confirm>
      )}
    </section>
  );
}

/** Without a live line this machine's own clock has to do. */
const clockOf = (time: Clock | null, receivedAt: number): Clock => time ?? { serverAt: receivedAt, receivedAt };
