'use client';

import { CandlestickChart, Layers, Radio, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Suspense, useEffect, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { PAGES } from '@/config/desk';
import { cx } from '@/lib/cx';
import { formatInstant } from '@/lib/time';
import { DeskLink } from '@/ui/desk-link';
import { HintLayer } from '@/ui/hint';
import { Logo } from '@/ui/logo';
import { useZone } from '@/ui/preferences';
import { ThemeSwitch } from '@/ui/theme-switch';
import { useQuery } from '@/ui/use-query';
import { AccountMenu } from './account-menu';
import { AsOfControl } from './as-of-control';
import { DisplayMenu } from './display-menu';
import { StatusPill } from './status-pill';

const Palette = dynamic(() => import('./palette'), { ssr: false });
const ICONS: Record<string, typeof Layers> = { '/futures': CandlestickChart, '/options': Layers, '/feeds': Radio };

/** Header, sidebar and main: the same around every page. */
export function Frame({ children }: { children: ReactNode }) {
  const [searching, setSearching] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setSearching((open) => !open);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <>
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:left-2 focus:top-2 focus:z-50 focus:rounded focus:bg-surface focus:px-3 focus:py-2">
        Skip to content
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-surface">
        <div className="flex h-12 items-center gap-2 px-3">
          <Suspense fallback={<Logo />}>
            <DeskLink path="/futures" className="flex items-center gap-3 pr-2" aria-label="TradeSense, to the futures">
              <Logo />
              <span className="hidden text-16 font-semibold xl:inline">TradeSense</span>
            </DeskLink>
          </Suspense>
          <button type="button" onClick={() => setSearching(true)} className="control w-8 justify-center px-0 text-muted md:w-72 md:justify-start md:px-3" aria-keyshortcuts="Control+K Meta+K">
            <Search className="icon" aria-hidden />
            <span className="max-md:sr-only">Search</span>
            <kbd aria-hidden className="ml-auto hidden rounded border border-line px-1 font-sans text-12 md:inline">Ctrl K</kbd>
          </button>
          <div className="ml-auto flex min-w-0 items-center gap-2">
            <Suspense>
              <StatusPill />
              <AsOfControl />
            </Suspense>
            <DisplayMenu />
            <span className="max-sm:hidden">
              <ThemeSwitch />
            </span>
            <AccountMenu />
          </div>
        </div>
        <Suspense>
          <PastBar />
        </Suspense>
      </header>
      <div className="flex">
        <nav
          aria-label="Pages"
          className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface md:sticky md:inset-x-auto md:bottom-auto md:top-[49px] md:h-[calc(100vh-49px)] md:w-14 md:flex-none md:flex-col md:gap-1 md:border-r md:border-t-0 md:p-2 xl:w-[200px]"
        >
          <Suspense>
            <PageLinks />
          </Suspense>
        </nav>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-3 pb-20 pt-4 outline-none md:px-6 md:pb-8">
          <div className="mx-auto max-w-desk">{children}</div>
        </main>
      </div>
      {searching && (
        <Suspense>
          <Palette onClose={() => setSearching(false)} />
        </Suspense>
      )}
      <HintLayer />
    </>
  );
}

function PageLinks() {
  const here = usePathname();
  return PAGES.map((page) => {
    const Icon = ICONS[page.path] ?? Layers;
    const current = here === page.path || (here === '/' && page.path === '/futures');
    return (
      <DeskLink
        key={page.path}
        path={page.path}
        prefetch
        aria-current={current ? 'page' : undefined}
        aria-label={page.name}
        className={cx(
          'flex h-14 flex-1 flex-col items-center justify-center gap-1 rounded text-12 md:h-10 md:flex-none md:flex-row xl:justify-start xl:gap-3 xl:px-3 xl:text-13',
          current ? 'font-medium text-accent md:bg-raised' : 'text-muted hover:bg-raised hover:text-text',
        )}
      >
        <Icon className="h-5 w-5 flex-none" strokeWidth={1.75} aria-hidden />
        <span className="md:hidden xl:inline">{page.name}</span>
      </DeskLink>
    );
  });
}

/** In the past the bar turns warn, with the way back. */
function PastBar() {
  const { asOf, ahead } = useAsOf();
  const { change } = useQuery();
  const [zone] = useZone();
  const moment = asOf ?? ahead;
  if (!moment) return null;
  return (
    <div role="status" className="flex min-h-9 flex-wrap items-center justify-center gap-x-3 bg-warn px-3 py-1 text-13 font-medium text-background">
      {ahead ? `${formatInstant(moment, zone)} has not come yet: this is now` : `You look at ${formatInstant(moment, zone)}`}
      <button type="button" className="underline underline-offset-2" onClick={() => change({ as_of: null }, 'push')}>
        Back to live
      </button>
    </div>
  );
}
