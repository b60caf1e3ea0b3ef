'use client';

import { CloudOff, TriangleAlert } from 'lucide-react';
import { Notice } from './notice';

export interface FailureWords {
  title: string;
  detail: string | null;
  requestId: string | null;
  isUnreachable: boolean;
}

/** A request that failed: the backend's own words, and a way to ask again. */
export function Failure({ problem, retry }: { problem: FailureWords; retry: () => void }) {
  return (
    <Notice
      icon={problem.isUnreachable ? CloudOff : TriangleAlert}
      urgent
      title={problem.title}
      action={
        <button type="button" className="control" onClick={retry}>
          Ask again
        </button>
      }
    >
      {problem.detail}
      {problem.requestId && <span className="mt-2 block text-12">Request {problem.requestId}</span>}
    </Notice>
  );
}

/** Above data that could not be renewed: it is shown, and it is old. */
export function NotRenewed({ problem, retry }: { problem: FailureWords; retry: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded border border-warn/50 px-3 py-2 text-13 text-warn">
      <CloudOff className="icon" aria-hidden />
      {problem.title}. What you see is from before.
      <button type="button" className="underline underline-offset-2" onClick={retry}>
        Ask again
      </button>
    </div>
  );
}
