import type { Metadata } from 'next';
import { Register } from '@/features/sign-in/register';

export const metadata: Metadata = { title: 'Make an account', referrer: 'no-referrer' };

export default function RegisterPage() {
  return <Register />;
}
