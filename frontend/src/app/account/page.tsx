import type { Metadata } from 'next';
import { AccountDesk } from './account-desk';

export const metadata: Metadata = { title: 'Account' };

export default function AccountPage() {
  return <AccountDesk />;
}
