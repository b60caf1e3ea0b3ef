import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SkeletonRows } from '@/ui/skeleton';
import { GlossaryDesk } from './glossary-desk';

export const metadata: Metadata = { title: 'Glossary' };

export default function GlossaryPage() {
  return (
    <Suspense fallback={<SkeletonRows rows={10} label="The words are on their way" />}>
      <GlossaryDesk />
    </Suspense>
  );
}
