import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SkeletonRows } from '@/ui/skeleton';
import { FuturesDesk } from './futures-desk';

export const metadata: Metadata = { title: 'Futures' };

export default function FuturesPage() {
  return (
    <Suspense fallback={<SkeletonRows rows={10} label="Products are on their way" />}>
      <FuturesDesk />
    </Suspense>
  );
}
