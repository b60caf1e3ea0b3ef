/** Something that happened to the account, as the API tells it. */
export interface AuditItem {
  event: string;
  by_you: boolean;
  detail: Record<string, unknown>;
}

/** In the order of a life: coming in, passwords, addresses, the second step, keys, what others did. */
const WORDS: Record<string, string> = {
  registered: 'The account was made',
  made_by_command: 'The account was made from the command line',
  imported: 'The account was imported',
  signed_in: 'Signed in',
  sign_in_failed: 'A sign-in failed: wrong password',
  code_failed: 'A sign-in failed: wrong code',
  signed_out: 'Signed out',
  signed_out_everywhere: 'Signed out everywhere',
  session_revoked: 'A session was ended',
  refresh_reuse: 'A session was ended: its token was used twice',
  password_changed: 'The password was changed',
  password_reset_asked: 'A link to reset the password was sent',
  password_reset: 'The password was reset',
  email_verified: 'The e-mail address was confirmed',
  email_change_asked: 'Another e-mail address was asked for',
  email_changed: 'The e-mail address was changed',
  mfa_enabled: 'Two-step sign-in was turned on',
  mfa_disabled: 'Two-step sign-in was turned off',
  recovery_codes_made: 'New recovery codes were made',
  recovery_code_used: 'Signed in with a recovery code',
  api_key_made: 'An API key was made',
  api_key_revoked: 'An API key was revoked',
  profile_changed: 'The name was changed',
  feed_switched_on: 'A price feed was put on',
  feed_switched_off: 'A price feed was put off',
  role_changed: 'The role was changed',
  disabled: 'The account was disabled',
  enabled: 'The account was enabled again',
  exported: 'The data was exported',
  deleted: 'The account was deleted',
};

/** What the owner should look at, because somebody else may have done it. */
const ALARMING = new Set(['sign_in_failed', 'code_failed', 'refresh_reuse', 'mfa_disabled', 'recovery_code_used']);

/** What only an administrator does to the account of somebody else. */
const BY_ADMINISTRATORS = new Set(['role_changed', 'disabled', 'enabled']);

const sentenceOf = (event: string) => event.charAt(0).toUpperCase() + event.slice(1).replaceAll('_', ' ');

/** An event in words: what happened, and who did it where that was not the owner. */
export function eventWords({ event, by_you, detail }: AuditItem): string {
  const change = typeof detail.from === 'string' && typeof detail.to === 'string' ? ` from ${detail.from} to ${detail.to}` : '';
  const words = (WORDS[event] ?? sentenceOf(event)) + change;
  return !by_you && BY_ADMINISTRATORS.has(event) ? `${words} by an administrator` : words;
}

export const isAlarming = (event: string): boolean => ALARMING.has(event);

/** What one did oneself in passing, and what every account begins with: on the list, but no news. */
const ROUTINE = new Set(['registered', 'made_by_command', 'imported', 'signed_out', 'email_verified', 'profile_changed', 'exported', 'feed_switched_on', 'feed_switched_off']);

/** Whether the owner should hear of it without having asked. */
export const isNews = (event: string): boolean => !ROUTINE.has(event);
