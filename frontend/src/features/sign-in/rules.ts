import { z } from 'zod';

// Without this zod tries to compile code, which the page's security policy forbids and reports.
z.config({ jitless: true });

/** What the server asks of a new password, unless its settings say otherwise; then its answer says so. */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_RULES = `At least ${PASSWORD_MIN_LENGTH} characters. A few words you remember do well; spaces count. Common passwords are refused.`;

const email = z.string().trim().min(1, 'Type your e-mail address.').regex(/^[^\s@]+@[^\s@]+$/, 'This is not a whole e-mail address, such as name@example.com.');
const newPassword = z.string().min(1, 'Choose a password.').refine((typed) => [...typed].length >= PASSWORD_MIN_LENGTH, `Use at least ${PASSWORD_MIN_LENGTH} characters.`);

export const LOGIN = z.object({ email, password: z.string().min(1, 'Type your password.') });
export const REGISTER = z.object({ email, full_name: z.string().trim().max(120, 'Use at most 120 characters.'), password: newPassword });
export const FORGOT = z.object({ email });
export const RESET = z.object({ password: newPassword });
export const CODE = z.object({ code: z.string().regex(/^\d{6}$/, 'Type the six digits your app shows.') });
export const RECOVERY_CODE = z.object({ recovery_code: z.string().trim().min(1, 'Type one of your recovery codes.') });
