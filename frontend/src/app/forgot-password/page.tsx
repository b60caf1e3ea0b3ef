import type { Metadata } from 'next';
import { ForgotPassword } from '@/features/sign-in/forgot-password';

export const metadata: Metadata = { title: 'Forgot your password', referrer: 'no-referrer' };

export default function ForgotPasswordPage() {
  return <ForgotPassword />;
}
