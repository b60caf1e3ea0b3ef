/** An account as an administrator sees it. */
export interface Person {
  id: string;
  email: string;
  full_name: string | null;
  role: RoleName;
  status: 'active' | 'disabled';
  email_verified: boolean;
  mfa_enabled: boolean;
  created_at: string;
  last_login_at: string | null;
}

export type RoleName = 'viewer' | 'trader' | 'admin';

export const ROLES: ReadonlyArray<{ value: RoleName; label: string; may: string }> = [
  { value: 'viewer', label: 'Viewer', may: 'read the market and their portfolios, and change nothing' },
  { value: 'trader', label: 'Trader', may: 'read the market and keep portfolios and alerts' },
  { value: 'admin', label: 'Administrator', may: 'do everything, and manage the people here' },
];

/** A change of an account that waits for a yes. */
export type Intent = { person: Person; role: RoleName } | { person: Person; status: Person['status'] };

export interface Question {
  title: string;
  text: string;
  action: string;
  /** Said once it is done. */
  done: string;
}

export const nameOf = (person: Pick<Person, 'full_name' | 'email'>): string => person.full_name ?? person.email;

const roleOf = (role: RoleName) => ROLES.find((each) => each.value === role) ?? { label: role, may: role };

/** What is asked before an account is changed, and what is said after. */
export function questionFor(intent: Intent): Question {
  const name = nameOf(intent.person);
  if ('role' in intent) {
    const { label, may } = roleOf(intent.role);
    return {
      title: `Make ${name} ${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${label.toLowerCase()}?`,
      text: `They may ${may}, from their next click on. API keys of theirs lose what the role does not allow.`,
      action: 'Change role',
      done: `${name} is now ${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${label.toLowerCase()}`,
    };
  }
  return intent.status === 'disabled'
    ? { title: `Disable ${name}?`, text: 'They are signed out everywhere at once, and their API keys end for good. Nothing else of theirs is deleted.', action: 'Disable account', done: `${name} is disabled` }
    : { title: `Enable ${name} again?`, text: 'They can sign in again with their password, and make new API keys.', action: 'Enable account', done: `${name} can sign in again` };
}

/** Where one is in a list that is read page by page: the cursors of the pages before this one. */
export type Trail = readonly string[];

export const cursorOf = (trail: Trail): string | undefined => trail.at(-1);
