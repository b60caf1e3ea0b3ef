import { Suspense } from 'react';
import { SkeletonRows } from '@/ui/skeleton';
import { DashboardDesk } from './dashboard/dashboard-desk';

/** The first page is the dashboard. */
export default function Home() {
  return (
    <Suspense fallback={<SkeletonRows rows={10} label="The dashboard is on its way" />}>
      <DashboardDesk />
    </Suspense>
  );
}
