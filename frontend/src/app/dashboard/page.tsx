import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SkeletonRows } from '@/ui/skeleton';
import { DashboardDesk } from './dashboard-desk';

export const metadata: Metadata = { title: 'Dashboard' };

export default function DashboardPage() {
  return (
    <Suspense fallback={<SkeletonRows rows={10} label="The dashboard is on its way" />}>
      <DashboardDesk />
    </Suspense>
  );
}
