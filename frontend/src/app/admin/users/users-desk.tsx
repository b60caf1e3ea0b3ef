'use client';

import { Lock } from 'lucide-react';
import { useSession } from '@/api/session';
import { PeopleDesk } from '@/features/people/people-desk';
import { DeskLink } from '@/ui/desk-link';
import { Notice } from '@/ui/notice';

/** The people of this desk, for those who may see them; the others are told why they see nothing. */
export function UsersDesk() {
  const { user } = useSession();
  if (!user) return null;
  if (user.permissions.includes('users:read')) return <PeopleDesk me={user.id} mayChange={user.permissions.includes('users:write')} />;
  return (
    <Notice
      icon={Lock}
      title="This page is for administrators"
      action={
        <DeskLink path="/dashboard" className="control">
          To the dashboard
        </DeskLink>
      }
    >
      Your role does not include managing people. Whoever runs this desk can change that.
    </Notice>
  );
}
