'use client';

import { TriangleAlert } from 'lucide-react';
import { Notice } from '@/ui/notice';

export default function PageError({ reset }: { reset: () => void }) {
  return (
    <Notice
      icon={TriangleAlert}
      urgent
      title="This page broke"
      action={
        <button type="button" className="control" onClick={reset}>
          Draw it again
        </button>
      }
    >
      The fault is in the page, not in your data.
    </Notice>
  );
}
