import type { Metadata } from 'next';
import { UsersDesk } from './users-desk';

export const metadata: Metadata = { title: 'People' };

export default function UsersPage() {
  return <UsersDesk />;
}
