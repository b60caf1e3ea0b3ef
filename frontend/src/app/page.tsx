import { Suspense } from 'react';
import { SkeletonRows } from '@/ui/skeleton';
import { FuturesDesk } from './futures/futures-desk';

/** The first page is the futures board. */
export default function Home() {
  return (
    <Suspense fallback={<SkeletonRows rows={10} label="Products are on their way" />}>
      <FuturesDesk />
    </Suspense>
  );
}
