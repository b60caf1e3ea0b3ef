import { eventWords, isAlarming } from './events';

describe('what happened to an account', () => {
  it('is told in words, with the name of the thing', () => {
    expect(eventWords({ event: 'signed_in', by_you: true, detail: {} })).toBe('Signed in');
    expect(eventWords({ event: 'api_key_made', by_you: true, detail: { name: 'Notebook' } })).toBe('An API key was made: Notebook');
  });
  it('is told as it is where no words are known', () => expect(eventWords({ event: 'moon_landed', by_you: false, detail: {} })).toBe('Moon landed'));
  it('stands out where somebody else may have done it', () => {
    expect(isAlarming('sign_in_failed')).toBe(true);
    expect(isAlarming('signed_in')).toBe(false);
  });
});
