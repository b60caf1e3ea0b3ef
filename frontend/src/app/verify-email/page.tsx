import type { Metadata } from 'next';
import { VerifyEmail } from '@/features/sign-in/verify-email';

export const metadata: Metadata = { title: 'Confirm your address', referrer: 'no-referrer' };

export default function VerifyEmailPage() {
  return <VerifyEmail />;
}
