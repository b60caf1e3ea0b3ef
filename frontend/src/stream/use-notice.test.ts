// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import type { TopicView } from './store';
import { useNotice } from './use-notice';

const told = (data: unknown): TopicView<unknown> => ({ state: 'live', data, receivedAt: 0 }) as unknown as TopicView<unknown>;

describe('a notice', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks again once for many changes, and not before its time', () => {
    const renew = vi.fn();
    const { rerender } = renderHook(({ view }) => useNotice(view, renew, 3_000), { initialProps: { view: told({ n: 0 }) } });
    for (let n = 1; n <= 5; n += 1) {
      vi.advanceTimersByTime(500);
      rerender({ view: told({ n }) });
    }
    expect(renew).not.toHaveBeenCalled();
    vi.advanceTimersByTime(600);
    expect(renew).toHaveBeenCalledTimes(1);
  });
  it('says nothing while nothing is told', () => {
    const renew = vi.fn();
    renderHook(() => useNotice({ state: 'waiting', data: null, detail: null }, renew, 1_000));
    vi.advanceTimersByTime(5_000);
    expect(renew).not.toHaveBeenCalled();
  });
});
