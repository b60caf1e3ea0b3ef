import type { Metadata } from 'next';
import { ResetPassword } from '@/features/sign-in/reset-password';

export const metadata: Metadata = { title: 'Choose a new password', referrer: 'no-referrer' };

export default function ResetPasswordPage() {
  return <ResetPassword />;
}
