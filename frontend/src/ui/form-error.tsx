import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What is wrong with a form, but with no field of it. Its place is there before it speaks, so that screen readers hear it. */
export function FormError({ children }: { children?: ReactNode }) {
  return (
    <div role="alert" className="empty:hidden">
      {children && (
        <p className="flex gap-2 rounded border border-down/60 px-3 py-2 text-13">
          <TriangleAlert className="icon mt-[2px] text-down" aria-hidden />
          <span className="min-w-0">{children}</span>
        </p>
      )}
    </div>
  );
}
