import { cx } from '@/lib/cx';
import { sourceWords } from '@/lib/terms';

/** Where numbers come from, as a word; simulated ones stand out. */
export function SourceTag({ source, className }: { source: string; className?: string }) {
  const simulated = source === 'simulated';
  return (
    <span
      className={cx('inline-flex h-5 flex-none items-center whitespace-nowrap rounded border px-2 text-12', simulated ? 'border-warn/50 text-warn' : 'border-line text-muted', className)}
    >
      {sourceWords(source)}
    </span>
  );
}
