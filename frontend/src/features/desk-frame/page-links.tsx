'use client';

import { BookOpen, CandlestickChart, Gauge, Layers, PanelLeftClose, PanelLeftOpen, Radio, Spline } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { Suspense } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { usePreference } from '@/api/preferences';
import type { Page } from '@/config/desk';
import { FOOT_PAGES, PAGES } from '@/config/desk';
import { cx } from '@/lib/cx';
import { DeskLink, deskAddress } from '@/ui/desk-link';
import { useShortcuts } from '@/ui/shortcuts';
import { pageAt } from './model';

const ICONS: Record<string, typeof Layers> = { '/dashboard': Gauge, '/futures': CandlestickChart, '/options': Layers, '/strategies': Spline, '/feeds': Radio, '/glossary': BookOpen };

const isFlag = (value: unknown) => (typeof value === 'boolean' ? value : null);

/** Whether the sidebar is narrow, as the person left it. */
export const useNarrow = () => usePreference('frame.narrow', false, isFlag);

interface PageNavProps {
  isNarrow: boolean;
  setNarrow: (next: boolean | ((was: boolean) => boolean)) => void;
  /** Stands above the foot where the sidebar is wide. */
  offer?: ReactNode;
}

/** The sidebar, wide or narrow; on a phone a bar at the foot of the screen. */
export function PageNav({ isNarrow, setNarrow, offer }: PageNavProps) {
  useShortcuts('Everywhere', [{ keys: '\\', words: 'Narrow or widen the sidebar', run: () => setNarrow((was) => !was) }]);
  const Icon = isNarrow ? PanelLeftOpen : PanelLeftClose;
  return (
    <div className={cx('flex flex-none flex-col print:hidden md:sticky md:top-[49px] md:h-[calc(100vh-49px)] md:w-14 md:border-r md:border-line md:bg-surface', !isNarrow && 'xl:w-[200px]')}>
      <nav aria-label="Pages" data-tour="pages" className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface md:static md:flex-col md:gap-1 md:border-t-0 md:p-2">
        <Suspense>
          <PageLinks isNarrow={isNarrow} />
        </Suspense>
      </nav>
      <div id="sidebar-foot" className="mt-auto hidden flex-col gap-1 p-2 md:flex">
        {offer && <div className="hidden xl:block">{offer}</div>}
        <Suspense>
          <FootLinks isNarrow={isNarrow} />
        </Suspense>
        <button
          type="button"
          aria-expanded={!isNarrow}
          aria-label={isNarrow ? 'Widen the sidebar' : 'Narrow the sidebar'}
          className={cx('hidden h-10 items-center gap-3 rounded text-13 text-muted hover:bg-raised hover:text-text xl:flex', isNarrow ? 'justify-center' : 'px-3')}
          onClick={() => setNarrow(!isNarrow)}
        >
          <Icon className="h-5 w-5 flex-none" strokeWidth={1.75} aria-hidden />
          {!isNarrow && <span>Narrow</span>}
        </button>
      </div>
    </div>
  );
}

function PageLinks({ isNarrow }: { isNarrow: boolean }) {
  const here = pageAt(usePathname());
  const router = useRouter();
  const { asOf } = useAsOf();
  useShortcuts(
    'Go to',
    [...PAGES, ...FOOT_PAGES].map(({ letter, name, path }) => ({ keys: `o ${letter}`, words: name, run: () => router.push(deskAddress(path, {}, asOf ?? null)) })),
  );
  return PAGES.map((page) => <PageLink key={page.path} page={page} isNarrow={isNarrow} current={here === page.path} />);
}

/** What is looked up now and then; a phone has it in the menu of the account. */
function FootLinks({ isNarrow }: { isNarrow: boolean }) {
  const here = pageAt(usePathname());
  return (
    <nav aria-label="Help">
      {FOOT_PAGES.map((page) => (
        <PageLink key={page.path} page={page} isNarrow={isNarrow} current={here === page.path} />
      ))}
    </nav>
  );
}

function PageLink({ page, isNarrow, current }: { page: Page; isNarrow: boolean; current: boolean }) {
  const Icon = ICONS[page.path] ?? Layers;
  return (
    <DeskLink
      path={page.path}
      prefetch
      aria-current={current ? 'page' : undefined}
      aria-label={page.name}
      title={isNarrow ? page.name : undefined}
      className={cx(
        'flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-1 rounded text-12 md:h-10 md:flex-none md:flex-row',
        !isNarrow && 'xl:justify-start xl:gap-3 xl:px-3 xl:text-13',
        current ? 'font-medium text-accent md:bg-raised' : 'text-muted hover:bg-raised hover:text-text',
      )}
    >
      <Icon className="h-5 w-5 flex-none" strokeWidth={1.75} aria-hidden />
      <span className={cx('max-w-full truncate md:hidden', !isNarrow && 'xl:inline')}>{page.name}</span>
    </DeskLink>
  );
}
