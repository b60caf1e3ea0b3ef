import type { ReactNode } from 'react';
import { Logo } from '@/ui/logo';
import { ThemeSwitch } from '@/ui/theme-switch';

interface CardProps {
  title: string;
  /** One sentence that says what to do here. */
  lead?: ReactNode;
  /** The other ways from here. */
  foot?: ReactNode;
  children: ReactNode;
}

/** The one thing to do on a page of signing in. */
export function Card({ title, lead, foot, children }: CardProps) {
  return (
    <Page>
      <div className="card flex flex-col gap-6 p-6 shadow-float sm:p-8">
        <div className="flex flex-col gap-2">
          <h1 className="text-20 font-semibold">{title}</h1>
          {lead && <div className="text-14 text-muted">{lead}</div>}
        </div>
        {children}
      </div>
      {foot && <div className="mt-6 flex flex-col items-center gap-2 text-center text-14 text-muted">{foot}</div>}
    </Page>
  );
}

/** The card's outline, while it is not known whether anybody has to sign in. */
export function CardOutline() {
  return (
    <Page>
      <div role="status" aria-label="One moment" className="card flex flex-col gap-6 p-6 sm:p-8">
        <div className="skeleton h-7 w-28" />
        <div className="skeleton h-10" />
        <div className="skeleton h-10" />
        <div className="skeleton h-10" />
      </div>
    </Page>
  );
}

function Page({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-screen flex-col px-4 pb-12">
      <div className="flex justify-end py-2">
        <ThemeSwitch />
      </div>
      <main id="main" className="mx-auto my-auto w-full max-w-[400px]">
        <div className="mb-6 flex items-center justify-center gap-3">
          <Logo />
          <span className="text-16 font-semibold">TradeSense</span>
        </div>
        {children}
      </main>
    </div>
  );
}

export const LINK = 'rounded text-accent underline underline-offset-2';
