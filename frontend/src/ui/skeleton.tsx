import { cx } from '@/lib/cx';

/** The outline of a table that is on its way. */
export function SkeletonRows({ rows = 8, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="card overflow-hidden">
      <div className="h-9 border-b border-line bg-surface" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-6 border-b border-line px-4 last:border-0" style={{ height: 'var(--row)' }}>
          <div className="skeleton h-3" style={{ width: `${14 + ((row * 7) % 9)}%` }} />
          <div className="skeleton ml-auto h-3 w-16" />
          <div className="skeleton h-3 w-12" />
          <div className="skeleton hidden h-3 w-24 md:block" />
        </div>
      ))}
    </div>
  );
}

export function SkeletonBlock({ className, label }: { className?: string; label: string }) {
  return <div role="status" aria-label={label} className={cx('skeleton', className)} />;
}
