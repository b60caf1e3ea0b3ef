'use client';

import { useRouter } from 'next/navigation';
import { toast } from '@/ui/toast';
import { useSession } from '@/api/session';
import { Settings } from '@/features/account/settings';

/** The account of whoever is signed in. */
export function AccountDesk() {
  const router = useRouter();
  const { user, renew } = useSession();
  if (!user) return null;
  return (
    <Settings
      me={user}
      onChanged={() => void renew()}
      onDeleted={() => {
        toast.success('Your account is deleted');
        void renew();
        router.replace('/login');
      }}
    />
  );
}
