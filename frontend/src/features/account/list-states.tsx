'use client';

import type { ReactNode } from 'react';
import type { Resource } from '@/api/use-get';
import { Failure, NotRenewed } from '@/ui/failure';

interface ListOfProps<T, Row> {
  /** What is listed, for who can't see: `Sessions`. */
  label: string;
  resource: Resource<T>;
  rowsOf: (data: T) => readonly Row[];
  /** What is said where there is nothing to list. */
  empty: ReactNode;
  children: (row: Row) => ReactNode;
}

/** A short list in a section, in each of its states: on its way, failed, empty, there, and from before. */
export function ListOf<T, Row>({ label, resource, rowsOf, empty, children }: ListOfProps<T, Row>) {
  if (resource.state === 'idle' || resource.state === 'loading') return <WaitingRows label={`${label}: on their way`} />;
  if (resource.state === 'failed') return <Failure problem={resource.problem} retry={resource.retry} />;
  const rows = rowsOf(resource.data);
  return (
    <>
      {resource.problem && <NotRenewed problem={resource.problem} retry={resource.retry} />}
      {rows.length === 0 ? (
        <p className="card px-4 py-6 text-center text-13 text-muted">{empty}</p>
      ) : (
        <ul aria-label={label} className="card divide-y divide-line">
          {rows.map(children)}
        </ul>
      )}
    </>
  );
}

function WaitingRows({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="card divide-y divide-line">
      {[56, 40, 48].map((width) => (
        <div key={width} className="flex flex-col gap-2 px-4 py-3">
          <div className="skeleton h-4" style={{ width: `${width}%` }} />
          <div className="skeleton h-3 w-3/4" />
        </div>
      ))}
    </div>
  );
}

interface RowProps {
  title: ReactNode;
  /** A few facts, set apart by dots. */
  facts: readonly ReactNode[];
  action?: ReactNode;
}

/** One thing of a list: what it is, what is known of it, and what can be done. */
export function ListRow({ title, facts, action }: RowProps) {
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 text-13 font-medium [overflow-wrap:anywhere]">{title}</div>
        <div className="text-12 text-muted [overflow-wrap:anywhere]">
          {facts.map((fact, index) => (
            // Facts have no name of their own and never change places.
            <span key={index}>
              {index > 0 && ' · '}
              {fact}
            </span>
          ))}
        </div>
      </div>
      {action}
    </li>
  );
}

/** A word that marks one of many. */
export function Mark({ children, tone = 'calm' }: { children: ReactNode; tone?: 'calm' | 'good' | 'warn' }) {
  const colour = { calm: 'border-line text-muted', good: 'border-up/50 text-up', warn: 'border-warn/50 text-warn' }[tone];
  return <span className={`inline-flex items-center whitespace-nowrap rounded border px-1.5 text-12 font-normal ${colour}`}>{children}</span>;
}
