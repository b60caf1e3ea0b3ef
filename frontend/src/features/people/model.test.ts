import type { Person } from './model';
import { cursorOf, nameOf, questionFor } from './model';

const person: Person = {
  id: '1',
  email: 'north@example.com',
  full_name: 'North',
  role: 'trader',
  status: 'active',
  email_verified: true,
  mfa_enabled: false,
  created_at: '2026-03-01T00:00:00Z',
  last_login_at: null,
};

describe('changing an account', () => {
  it('asks with the name and says what the role may', () => {
    expect(questionFor({ person, role: 'admin' }).title).toBe('Make North an administrator?');
    expect(questionFor({ person, role: 'viewer' }).title).toBe('Make North a viewer?');
    expect(questionFor({ person, role: 'viewer' }).text).toContain('change nothing');
    expect(questionFor({ person, role: 'viewer' }).done).toBe('North is now a viewer');
  });
  it('says what disabling and enabling do', () => {
    expect(questionFor({ person, status: 'disabled' }).text).toContain('signed out everywhere');
    expect(questionFor({ person: { ...person, full_name: null }, status: 'active' }).title).toBe('Enable north@example.com again?');
  });
  it('calls who has no name by the address', () => expect(nameOf({ full_name: null, email: 'a@b.c' })).toBe('a@b.c'));
});

describe('a list read page by page', () => {
  it('stands at the last cursor, and at none on the first page', () => {
    expect(cursorOf([])).toBeUndefined();
    expect(cursorOf(['a', 'b'])).toBe('b');
  });
});
