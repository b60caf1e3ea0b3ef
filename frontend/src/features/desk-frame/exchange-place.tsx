'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useGet } from '@/api/use-get';
import { useExchangePlace, useZoneWish } from '@/ui/preferences';
import { pageAt } from './model';

/** Finds out where the exchange is whose prices the page shows, for those who want its clock. */
export function ExchangePlace() {
  const [wish] = useZoneWish();
  const query = useSearchParams();
  const page = pageAt(usePathname());
  const root = page === '/futures' ? query.get('root') : page === '/options' || page === '/strategies' ? query.get('underlying') : null;
  const asked = useGet(wish === 'exchange' && root ? '/api/v1/instruments' : null, { query: { root: (root ?? '').toUpperCase(), limit: 1 } });
  useExchangePlace(wish === 'exchange' && root && asked.state === 'ready' ? (asked.data.items[0]?.time_zone ?? null) : null);
  return null;
}
