'use client';

import { useSession } from '@/api/session';
import { FeedList } from '@/features/feeds/feed-list';

/** Where prices come from; who may change the market may also switch and practise. */
export function FeedsDesk() {
  const { user } = useSession();
  return user && <FeedList mayChange={user.permissions.includes('market:write')} />;
}
