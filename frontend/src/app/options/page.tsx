import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SkeletonRows } from '@/ui/skeleton';
import { OptionsDesk } from './options-desk';

export const metadata: Metadata = { title: 'Options' };

export default function OptionsPage() {
  return (
    <Suspense fallback={<SkeletonRows rows={14} label="The chain is on its way" />}>
      <OptionsDesk />
    </Suspense>
  );
}
