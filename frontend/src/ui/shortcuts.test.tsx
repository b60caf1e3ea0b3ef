// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { useShortcutGroups, useShortcuts } from './shortcuts';

function Keys({ group, keys, run }: { group: string; keys: string; run: () => void }) {
  useShortcuts(group, [{ keys, words: `Does ${keys}`, run }]);
  return null;
}

function Map() {
  return <p>{useShortcutGroups().map((group) => `${group.name}: ${group.shortcuts.map((each) => each.keys).join(' ')}`).join('; ')}</p>;
}

const press = (key: string, at: Element = document.body, more: KeyboardEventInit = {}) => fireEvent.keyDown(at, { key, ...more });

describe('shortcuts', () => {
  it('run while their component is there, and are listed by group', () => {
    const run = vi.fn();
    const { rerender } = render(<><Keys group="Chain" keys="g" run={run} /><Map /></>);
    expect(screen.getByText('Chain: g')).toBeVisible();
    press('g');
    expect(run).toHaveBeenCalledTimes(1);
    rerender(<Map />);
    press('g');
    expect(run).toHaveBeenCalledTimes(1);
    expect(screen.queryByText(/Chain/)).toBeNull();
  });

  it('rest while somebody writes, but not those with Ctrl', () => {
    const plain = vi.fn();
    const mod = vi.fn();
    render(<><Keys group="A" keys="g" run={plain} /><Keys group="A" keys="Mod+k" run={mod} /><input aria-label="field" /><div role="dialog"><button type="button">In it</button></div></>);
    press('g', screen.getByLabelText('field'));
    press('g', screen.getByText('In it'));
    press('k', screen.getByLabelText('field'), { ctrlKey: true });
    expect(plain).not.toHaveBeenCalled();
    expect(mod).toHaveBeenCalledTimes(1);
  });

  it('take one key after the other, and forget the first where the second means nothing', () => {
    const futures = vi.fn();
    const alone = vi.fn();
    render(<><Keys group="A" keys="o f" run={futures} /><Keys group="A" keys="f" run={alone} /></>);
    press('o');
    press('f');
    expect(futures).toHaveBeenCalledTimes(1);
    press('o');
    press('x');
    press('f');
    expect(futures).toHaveBeenCalledTimes(1);
    expect(alone).toHaveBeenCalledTimes(1);
  });

  it('of a page go before those of the frame, with the page as it is now', () => {
    const frame = vi.fn();
    const first = vi.fn();
    const second = vi.fn();
    const { rerender } = render(<><Keys group="Frame" keys="b" run={frame} /><Keys group="Page" keys="b" run={first} /></>);
    rerender(<><Keys group="Frame" keys="b" run={frame} /><Keys group="Page" keys="b" run={second} /></>);
    press('b');
    expect(frame).not.toHaveBeenCalled();
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledTimes(1);
  });
});
