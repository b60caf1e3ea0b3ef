'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Suspense, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { PAGES } from '@/config/desk';
import { cx } from '@/lib/cx';
import { termOfHint } from '@/lib/terms';
import { DeskLink, deskAddress } from '@/ui/desk-link';
import { HintLayer } from '@/ui/hint';
import { Logo } from '@/ui/logo';
import { useShortcuts } from '@/ui/shortcuts';
import { ThemeSwitch } from '@/ui/theme-switch';
import { AccountMenu } from './account-menu';
import { AsOfControl } from './as-of-control';
import { DisplayFollows } from './display-follows';
import { DisplayMenu } from './display-menu';
import { ExchangePlace } from './exchange-place';
import { PageNav, useNarrow } from './page-links';
import { PastBar } from './past-bar';
import { StatusPill } from './status-pill';
import { ZoneMenu } from './zone-menu';

const Palette = dynamic(() => import('./palette'), { ssr: false });
const ShortcutMap = dynamic(() => import('./shortcut-map'), { ssr: false });

interface FrameProps {
  /** What stands behind the bell of the header. */
  bell?: ReactNode;
  /** What is offered to who is new: in the sidebar where it is wide, else in a row under the header. */
  offer?: (isRow: boolean) => ReactNode;
  /** Walks along the parts of the frame, which `data-tour` names. */
  startTour?: () => void;
  children: ReactNode;
}

/** Header, sidebar and main: the same around every page. */
export function Frame({ bell, offer, startTour, children }: FrameProps) {
  const [isNarrow, setNarrow] = useNarrow();
  const [opened, setOpened] = useState<'search' | 'keys' | null>(null);
  const close = () => setOpened(null);
  useShortcuts('Everywhere', [
    { keys: 'Mod+k', words: 'Search pages, symbols and actions', run: () => setOpened((was) => (was === 'search' ? null : 'search')) },
    { keys: '/', words: 'Search', run: () => setOpened('search') },
    { keys: '?', words: 'This map of keys', run: () => setOpened('keys') },
  ]);

  return (
    <>
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:left-2 focus:top-2 focus:z-50 focus:rounded focus:bg-surface focus:px-3 focus:py-2">
        Skip to content
      </a>
      <Suspense fallback={<Header search={() => setOpened('search')} bell={bell} startTour={startTour} />}>
        <HeaderInTime search={() => setOpened('search')} bell={bell} startTour={startTour} />
      </Suspense>
      <div className="flex">
        <PageNav isNarrow={isNarrow} setNarrow={setNarrow} offer={offer && !isNarrow && <Suspense>{offer(false)}</Suspense>} />
        <div className="min-w-0 flex-1">
          {offer && (
            <div className={isNarrow ? undefined : 'xl:hidden'}>
              <Suspense>{offer(true)}</Suspense>
            </div>
          )}
          <main id="main" tabIndex={-1} className="px-3 pb-20 pt-4 outline-none md:px-6 md:pb-8 print:p-0">
            <div className="mx-auto max-w-desk">{children}</div>
          </main>
        </div>
      </div>
      <Suspense>
        <ExchangePlace />
        {opened === 'search' && <Palette onClose={close} showKeys={() => setOpened('keys')} startTour={startTour} />}
      </Suspense>
      {opened === 'keys' && <ShortcutMap onClose={close} />}
      <DisplayFollows />
      <HintLayer addressOf={entryAddress} allAt={glossaryAddress} />
    </>
  );
}

/** The glossary, at the moment that is looked at. */
const glossaryAddress = () => deskAddress('/glossary', {}, new URLSearchParams(window.location.search).get('as_of'));

/** A term's place in the glossary. */
function entryAddress(hint: string): string | null {
  const term = termOfHint(hint);
  return term && `${glossaryAddress()}#${term}`;
}

interface HeaderProps {
  search: () => void;
  bell: ReactNode;
  startTour: (() => void) | undefined;
  isPast?: boolean;
}

/** The whole bar shows that the desk looks at a moment that is gone. */
function HeaderInTime(props: HeaderProps) {
  const { asOf } = useAsOf();
  return <Header {...props} isPast={asOf !== undefined} />;
}

function Header({ search, bell, startTour, isPast = false }: HeaderProps) {
  return (
    <header className={cx('sticky top-0 z-30 border-b bg-surface print:static', isPast ? 'past-tint border-warn' : 'border-line')}>
      <div className="flex h-12 items-center gap-1.5 px-2 sm:gap-2 sm:px-3">
        <Suspense fallback={<Logo />}>
          <DeskLink path={PAGES[0]?.path ?? '/'} className="flex flex-none items-center gap-3 md:pr-2" aria-label={`TradeSense, to ${PAGES[0]?.name.toLowerCase() ?? 'the desk'}`}>
            <Logo />
            <span className="hidden text-16 font-semibold xl:inline">TradeSense</span>
          </DeskLink>
        </Suspense>
        <button type="button" data-tour="search" onClick={search} className="control w-8 flex-none justify-center px-0 text-muted print:hidden md:w-40 md:justify-start md:px-3 lg:w-72" aria-keyshortcuts="Control+K Meta+K">
          <Search className="icon" aria-hidden />
          <span className="max-md:sr-only">Search</span>
          <kbd aria-hidden className="ml-auto hidden rounded border border-line px-1 font-sans text-12 md:inline">
            Ctrl K
          </kbd>
        </button>
        <div className="ml-auto flex min-w-0 items-center gap-1.5 sm:gap-2">
          <Suspense>
            <StatusPill />
            <AsOfControl />
          </Suspense>
          <ZoneMenu />
          <DisplayMenu />
          <span className="max-sm:hidden">
            <ThemeSwitch />
          </span>
          {bell}
          <AccountMenu startTour={startTour} />
        </div>
      </div>
      <Suspense>
        <PastBar />
      </Suspense>
    </header>
  );
}
