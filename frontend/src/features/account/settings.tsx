'use client';

import { useEffect } from 'react';
import type { Me } from '@/api/session';
import { ActivitySection } from './activity-section';
import { ApiKeysSection } from './api-keys-section';
import { DataSection } from './data-section';
import { DeleteSection } from './delete-section';
import { DisplaySection } from './display-section';
import { PasswordSection } from './password-section';
import { ProfileSection } from './profile-section';
import { SessionsSection } from './sessions-section';
import { TwoStepSection } from './two-step-section';

const PARTS = [
  ['profile', 'Profile'],
  ['display', 'Display'],
  ['password', 'Password'],
  ['two-step', 'Two-step sign-in'],
  ['sessions', 'Sessions'],
  ['api-keys', 'API keys'],
  ['activity', 'Activity'],
  ['data', 'Your data'],
  ['delete', 'Delete account'],
] as const;

interface SettingsProps {
  me: Me;
  /** The account is another one than before: a name, an address, the second step. */
  onChanged: () => void;
  onDeleted: () => void;
}

/** One's own account in one column; what is dangerous comes last. */
export function Settings({ me, onChanged, onDeleted }: SettingsProps) {
  // The page is drawn after the browser has looked for the part that the address names.
  useEffect(() => {
    const part = PARTS.find(([id]) => `#${id}` === window.location.hash)?.[0];
    if (part) document.getElementById(part)?.scrollIntoView();
  }, []);
  return (
    <div className="mx-auto flex max-w-[560px] gap-12 lg:max-w-[780px]">
      <div className="min-w-0 flex-1">
        <h1 className="pb-6 text-20 font-semibold">Account</h1>
        <div>
          <ProfileSection me={me} onChanged={onChanged} />
          <DisplaySection />
          <PasswordSection email={me.email} />
          <TwoStepSection email={me.email} onChanged={onChanged} />
          <SessionsSection />
          <ApiKeysSection permissions={me.permissions} />
          <ActivitySection />
          <DataSection />
          <DeleteSection email={me.email} withCode={me.mfa_enabled} onDeleted={onDeleted} />
        </div>
      </div>
      <nav aria-label="Parts of the account" className="sticky top-[65px] hidden w-[172px] flex-none self-start pt-14 lg:block">
        <ul className="flex flex-col border-l border-line">
          {PARTS.map(([id, name]) => (
            <li key={id}>
              <a href={`#${id}`} className="block px-4 py-1 text-13 text-muted hover:text-text">
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
