/** What the server asks of a new password, unless its settings say otherwise; then its answer says so. */
export const PASSWORD_MIN_LENGTH = 12;

/** How every field for a new password behaves, and what it says. */
export const NEW_PASSWORD = {
  autoComplete: 'new-password',
  minLength: PASSWORD_MIN_LENGTH,
  hint: `At least ${PASSWORD_MIN_LENGTH} characters. A few words you remember do well; spaces count. Common passwords are refused.`,
} as const;
