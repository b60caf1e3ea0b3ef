import type { Metadata } from 'next';
import { Login } from '@/features/sign-in/login';

export const metadata: Metadata = { title: 'Sign in', referrer: 'no-referrer' };

export default function LoginPage() {
  return <Login />;
}
