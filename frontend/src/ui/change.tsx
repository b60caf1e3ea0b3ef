import { cx } from '@/lib/cx';
import { MINUS } from '@/lib/format';

/** A change in its colour; the sign it carries says the same without the colour. */
export function Change({ value, text, className }: { value: number | null | undefined; text: string; className?: string }) {
  const tone = value == null || value === 0 || (!text.startsWith('+') && !text.startsWith(MINUS)) ? 'text-muted' : value > 0 ? 'text-up' : 'text-down';
  return <span className={cx(tone, className)}>{text}</span>;
}
