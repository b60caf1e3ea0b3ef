import { fileAddress } from './file-address';

describe('the address of a file', () => {
  it('asks what is asked for, in the form wanted, and nothing else', () => {
    expect(fileAddress('/futures/CL/curve', 'csv', { source: 'lean', compare: '2026-01-01,2026-02-01', as_of: undefined })).toBe('/api/v1/futures/CL/curve?source=lean&compare=2026-01-01%2C2026-02-01&format=csv');
  });
});
