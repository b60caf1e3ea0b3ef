import type { ReactNode } from 'react';

/** What is wrong with a form as a whole; read out when it appears. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <div role="alert">{children && <p className="rounded border border-down/50 px-3 py-2 text-13 text-down">{children}</p>}</div>
  );
}
