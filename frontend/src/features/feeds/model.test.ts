import { addressWords, hostOf, refusals, switchWords } from './model';

describe('feeds in words', () => {
  it('names the host alone', () => {
    expect(hostOf('wss://www.deribit.com/ws/api/v2')).toBe('www.deribit.com');
    expect(hostOf('a file')).toBe('a file');
  });
  it('never says that a feed which is off connects', () => {
    expect(addressWords({ address: 'wss://www.deribit.com/ws', enabled: true })).toBe('Connects to www.deribit.com');
    expect(addressWords({ address: 'wss://www.deribit.com/ws', enabled: false })).toContain('connects to nothing');
    expect(addressWords({ address: null, enabled: true })).toContain('nothing outside');
  });
  it('says where a feed connects and that nothing is sent before it is put on', () => {
    const words = switchWords({ name: 'Deribit', enabled: false, address: 'wss://www.deribit.com/ws' });
    expect(words.text).toContain('www.deribit.com');
    expect(words.text).toContain('Nothing of you is sent');
  });
  it('puts the most frequent refusal first and leaves out what never was', () => {
    expect(refusals({ crossed: 2, a_time_in_the_future: 9, unknown: 0 })).toEqual([
      { reason: 'a time in the future', count: 9 },
      { reason: 'crossed', count: 2 },
    ]);
  });
});
