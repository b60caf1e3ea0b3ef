import { PASSWORD_MIN_LENGTH } from '@/config/password';

/** What is wrong with what was typed, in words; nothing where it may be sent. */
export type Check = (typed: string) => string | undefined;

/** Whatever is typed may be sent: the server decides. */
export const anything: Check = () => undefined;

export const required =
  (words: string): Check =>
  (typed) =>
    typed.trim() === '' ? words : undefined;

export const isEmail: Check = (typed) => {
  if (typed.trim() === '') return 'Type your e-mail address.';
  return /^[^\s@]+@[^\s@]+$/.test(typed.trim()) ? undefined : 'This is not a whole e-mail address, such as name@example.com.';
};

// A password may begin with spaces, and be nothing else but long.
export const isPassword: Check = (typed) => (typed === '' ? 'Type your password.' : undefined);

export const isNewPassword: Check = (typed) => {
  if (typed === '') return 'Choose a password.';
  return [...typed].length < PASSWORD_MIN_LENGTH ? `Use at least ${PASSWORD_MIN_LENGTH} characters.` : undefined;
};

export const isCode: Check = (typed) => (/^\d{6}$/.test(typed) ? undefined : 'Type the six digits your app shows.');
export const isRecoveryCode = required('Type one of your recovery codes.');
export const isEitherCode = required('Type the six digits your app shows, or a recovery code.');
