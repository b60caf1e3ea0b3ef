// @vitest-environment jsdom
import { directionOf, flash } from './flash-mark';

describe('a flash', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.runAllTimers();
    vi.useRealTimers();
  });
  const cell = () => document.createElement('span');

  it('knows where a number went, and says nothing where nobody can', () => {
    expect(directionOf(1, 2)).toBe('up');
    expect(directionOf(2, 1)).toBe('down');
    expect(directionOf(1, 1)).toBeNull();
    expect(directionOf(null, 1)).toBeNull();
    expect(directionOf(1, undefined)).toBeNull();
  });
  it('goes out by itself', () => {
    const node = cell();
    flash(node, 'up');
    expect(node.dataset.tick).toBe('up');
    vi.advanceTimersByTime(600);
    expect(node.dataset.tick).toBeUndefined();
  });
  it('shines on while the number goes on changing, in its latest direction', () => {
    const [busy, calm] = [cell(), cell()];
    flash(busy, 'up');
    flash(calm, 'up');
    for (let beat = 0; beat < 10; beat += 1) {
      vi.advanceTimersByTime(100);
      flash(busy, beat % 2 ? 'up' : 'down');
    }
    expect(busy.dataset.tick).toBe('up');
    expect(calm.dataset.tick).toBeUndefined();
    vi.advanceTimersByTime(600);
    expect(busy.dataset.tick).toBeUndefined();
  });
});
