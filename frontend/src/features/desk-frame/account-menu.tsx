'use client';

import * as Popover from '@radix-ui/react-popover';
import { BookOpen, CircleUser, LogOut, Settings, Users } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { toast } from 'sonner';
import { Problem } from '@/api/problem';
import { useSession } from '@/api/session';

const ITEM = 'flex h-9 w-full items-center gap-3 rounded px-3 text-13 hover:bg-raised aria-disabled:opacity-50';

/** Who is signed in, the ways to the account and to the users, and the way out. */
export function AccountMenu() {
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
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="control w-8 flex-none justify-center px-0" aria-label="Your account">
        <CircleUser className="icon" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="end" sideOffset={6} aria-label="Your account" className="z-40 w-64 rounded border border-line bg-surface p-2 text-13 shadow-float">
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
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
