'use client';

import { CloudOff } from 'lucide-react';
import dynamic from 'next/dynamic';
import { usePathname, useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { Suspense, useEffect } from 'react';
import { SWRConfig } from 'swr';
import { PreferencesOf } from '@/api/preferences';
import { renewSilently, useSession, useSessionKept } from '@/api/session';
import { Frame } from '@/features/desk-frame/frame';
import { NoticeBell } from '@/features/notices/bell';
import { TourOffer } from '@/features/tour/offer';
import { useTour } from '@/features/tour/use-tour';
import { isOpenPage, loginAddress } from '@/lib/next-page';
import { keepStream } from '@/stream/desk-stream';
import { Logo } from '@/ui/logo';
import { Notice } from '@/ui/notice';
import { useAppliedPreferences } from '@/ui/preferences';
import { SkeletonRows } from '@/ui/skeleton';

const Tour = dynamic(() => import('@/features/tour/tour'), { ssr: false });

/** Lets in whoever is signed in, and everybody to the pages where one signs in. */
export function Gate({ children }: { children: ReactNode }) {
  const open = isOpenPage(usePathname());
  useSessionKept(open);
  useAppliedPreferences();
  return open ? children : <Guarded>{children}</Guarded>;
}

function Guarded({ children }: { children: ReactNode }) {
  const router = useRouter();
  const { state, user, because, problem, renew } = useSession();
  useEffect(() => {
    if (state !== 'anonymous') return;
    const { pathname, search } = window.location;
    // Who wanted to go need not come back to where they were; who was shown out does.
    router.replace(because === 'signed-out' ? '/login' : loginAddress(pathname, search));
  }, [state, because, router]);
  const person = user?.id ?? null;
  useEffect(() => (person === null ? undefined : keepStream(person, renewSilently)), [person]);
  if (user === null) return <Waiting>{problem && <Away title={problem.title} detail={problem.detail} retry={() => void renew()} />}</Waiting>;
  return (
    // Another person, another cache: nothing that one was shown is shown to the next.
    <SWRConfig key={user.id} value={{ provider: () => new Map() }}>
      <PreferencesOf person={user.id}>
        <Desk person={user.id}>{children}</Desk>
      </PreferencesOf>
    </SWRConfig>
  );
}

/** The frame with what other features put into it. */
function Desk({ person, children }: { person: string; children: ReactNode }) {
  const tour = useTour();
  const offer = (isRow: boolean) => <TourOffer isRow={isRow} onStart={tour.start} onDecline={tour.end} />;
  return (
    <Frame bell={<NoticeBell person={person} />} offer={tour.isOffered ? offer : undefined} startTour={tour.start}>
      {children}
      {tour.isUnderWay && <Tour onEnd={tour.end} />}
    </Frame>
  );
}

/** The outline of the desk, with nothing in it. */
function Waiting({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="flex h-[49px] items-center border-b border-line bg-surface px-3">
        <Logo />
      </div>
      <main id="main" className="mx-auto max-w-desk px-3 pt-4 md:px-6">
        <Suspense>{children || <SkeletonRows rows={10} label="The desk is on its way" />}</Suspense>
      </main>
    </>
  );
}

function Away({ title, detail, retry }: { title: string; detail: string | null; retry: () => void }) {
  return (
    <Notice
      icon={CloudOff}
      urgent
      title={title}
      action={
        <button type="button" className="control" onClick={retry}>
          Ask again
        </button>
      }
    >
      {detail}
    </Notice>
  );
}
