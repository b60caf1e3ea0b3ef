import { eventWords, isAlarming, isNews } from './account-events';

describe('what happened to an account', () => {
  it('is told in words, with who did it where that was an administrator', () => {
    expect(eventWords({ event: 'signed_in', by_you: true, detail: {} })).toBe('Signed in');
    expect(eventWords({ event: 'role_changed', by_you: false, detail: { from: 'trader', to: 'viewer' } })).toBe('The role was changed from trader to viewer by an administrator');
    expect(eventWords({ event: 'sign_in_failed', by_you: false, detail: {} })).toBe('A sign-in failed: wrong password');
  });
  it('is told as it is where no words are known', () => expect(eventWords({ event: 'moon_landed', by_you: false, detail: {} })).toBe('Moon landed'));
  it('stands out where somebody else may have done it', () => {
    expect(isAlarming('sign_in_failed')).toBe(true);
    expect(isAlarming('signed_in')).toBe(false);
  });
  it('is news unless it is what every account begins with or one does in passing', () => {
    expect(isNews('password_changed')).toBe(true);
    expect(isNews('something_new')).toBe(true);
    expect(isNews('registered')).toBe(false);
  });
});
