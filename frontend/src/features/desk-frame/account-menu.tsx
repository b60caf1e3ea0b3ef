'use client';

import { BookOpen, CircleUser, Footprints, LogOut, Settings, Users } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Popup } from '@/ui/popup';
import { toast } from '@/ui/toast';
import { Problem } from '@/api/problem';
import { useSession } from '@/api/session';

const ITEM = 'flex h-9 w-full items-center gap-3 rounded px-3 text-13 hover:bg-raised aria-disabled:opacity-50';

/** Who is signed in, the ways to the account and to the users, and the way out. */
export function AccountMenu({ startTour }: { startTour: (() => void) | undefined }) {
  const { user, signOut } = useSession();
  const [open, setOpen] = useState(false);
  const [leaving, setLeaving] = useState(false);
  if (!user) return null;
  const close = () => setOpen(false);
  const leave = async () => {
    if (leaving) return;
    setLeaving(true);
    try {
      await signOut();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      toast.error(`You are still signed in. ${error.title}.`);
      setLeaving(false);
    }
  };
  return (
    <Popup
      button={{ className: 'control w-8 flex-none justify-center px-0', 'aria-label': 'Your account', 'data-tour': 'account', children: <CircleUser className="icon" aria-hidden /> }}
      label="Your account"
      className="w-64 p-2"
      open={open}
      onOpenChange={setOpen}
    >
      <div className="border-b border-line px-3 pb-3 pt-2">
        {user.full_name && <p className="truncate font-medium">{user.full_name}</p>}
        <p className="truncate text-muted" title={user.email}>
          {user.email}
        </p>
      </div>
      <nav aria-label="Your account" className="pt-2">
        <Link href="/account" className={ITEM} onClick={close}>
          <Settings className="icon text-muted" aria-hidden />
          Account
        </Link>
        <Link href="/glossary" className={ITEM} onClick={close}>
          <BookOpen className="icon text-muted" aria-hidden />
          Glossary
        </Link>
        {startTour && (
          <button
            type="button"
            className={ITEM}
            onClick={() => {
              close();
              startTour();
            }}
          >
            <Footprints className="icon text-muted" aria-hidden />
            Take the tour
          </button>
        )}
        {user.permissions.includes('users:read') && (
          <Link href="/admin/users" className={ITEM} onClick={close}>
            <Users className="icon text-muted" aria-hidden />
            People
          </Link>
        )}
        <button type="button" className={ITEM} aria-disabled={leaving || undefined} onClick={() => void leave()}>
          <LogOut className="icon text-muted" aria-hidden />
          Sign out
        </button>
      </nav>
    </Popup>
  );
}
