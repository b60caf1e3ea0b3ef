import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SkeletonRows } from '@/ui/skeleton';
import { StrategiesDesk } from './strategies-desk';

export const metadata: Metadata = { title: 'Strategies' };

export default function StrategiesPage() {
  return (
    <Suspense fallback={<SkeletonRows rows={10} label="The strategy is on its way" />}>
      <StrategiesDesk />
    </Suspense>
  );
}
