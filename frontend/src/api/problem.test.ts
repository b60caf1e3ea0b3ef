// @vitest-environment jsdom
import { Problem, problemFrom, unreachable } from './problem';

describe('problems', () => {
  it('keeps the words of a problem document', () => {
    const problem = problemFrom({ code: 'unknown_root', title: 'Not found', detail: 'No product XX.', request_id: 'r1' }, 404);
    expect(problem).toMatchObject({ code: 'unknown_root', title: 'Not found', detail: 'No product XX.', status: 404, requestId: 'r1' });
    expect(problem.isUnreachable).toBe(false);
  });
  it('describes an answer that is no problem document by its status', () => {
    expect(problemFrom('<html>', 502).title).toBe('The backend answered 502');
    expect(problemFrom(null, 502).code).toBe('http_502');
  });
  it('knows when nobody answered', () => {
    expect(unreachable()).toBeInstanceOf(Problem);
    expect(unreachable().isUnreachable).toBe(true);
  });
});
