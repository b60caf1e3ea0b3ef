// @vitest-environment jsdom
import { act, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Explained, HintLayer } from './hint';

const push = vi.fn();
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }) }));

const addressOf = (text: string) => (text === 'What delta is.' ? '/glossary#delta' : null);

function page() {
  render(
    <>
      <Explained hint="What delta is.">Delta</Explained>
      <Explained hint="Only here.">Other</Explained>
      <p>Text</p>
      <HintLayer addressOf={addressOf} allAt={() => '/glossary'} />
    </>,
  );
}

const over = (element: Element) => fireEvent.pointerOver(element, { pointerType: 'mouse' });

beforeEach(() => {
  vi.useFakeTimers();
  push.mockReset();
});
afterEach(() => void vi.useRealTimers());

describe('an explanation', () => {
  it('leads to its entry, where there is one', () => {
    page();
    over(screen.getByText('Delta'));
    expect(screen.getByRole('tooltip')).toHaveTextContent('What delta is.');
    expect(screen.getByRole('link')).toHaveAttribute('href', '/glossary#delta');
    over(screen.getByText('Other'));
    expect(screen.getByRole('tooltip')).toHaveTextContent('Only here.');
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('stays while the pointer goes from the word to it, and goes when the pointer is elsewhere', () => {
    page();
    over(screen.getByText('Delta'));
    over(screen.getByText('Text'));
    act(() => void vi.advanceTimersByTime(100));
    over(screen.getByRole('link'));
    act(() => void vi.advanceTimersByTime(1_000));
    expect(screen.getByRole('tooltip')).toBeInTheDocument();
    over(screen.getByText('Text'));
    act(() => void vi.advanceTimersByTime(1_000));
    expect(screen.queryByRole('tooltip')).toBeNull();
  });

  it('goes with the word that it explains', () => {
    const desk = (word: ReactNode) => (
      <>
        {word}
        <HintLayer />
      </>
    );
    const { rerender } = render(desk(<Explained hint="What delta is.">Delta</Explained>));
    over(screen.getByText('Delta'));
    expect(screen.getByRole('tooltip')).toBeInTheDocument();
    rerender(desk(<p>Another page</p>));
    act(() => void vi.advanceTimersByTime(300));
    expect(screen.queryByRole('tooltip')).toBeNull();
  });

  it('is looked up by a key: the word in focus, else all words', () => {
    page();
    act(() => screen.getByText('Delta').focus());
    fireEvent.keyDown(document.activeElement!, { key: 'w' });
    expect(push).toHaveBeenLastCalledWith('/glossary#delta');
    act(() => screen.getByText('Other').focus());
    fireEvent.keyDown(document.activeElement!, { key: 'w' });
    expect(push).toHaveBeenLastCalledWith('/glossary');
  });

  it('is not in the way of the Tab key, and Escape sends it away', () => {
    page();
    act(() => screen.getByText('Delta').focus());
    expect(screen.getByText('Delta')).toHaveAttribute('aria-describedby', 'hint');
    expect(screen.getByRole('link')).toHaveAttribute('tabindex', '-1');
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(screen.queryByRole('tooltip')).toBeNull();
    expect(screen.getByText('Delta')).not.toHaveAttribute('aria-describedby');
  });
});
