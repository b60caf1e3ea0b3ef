// @vitest-environment jsdom
import { act, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { NoticeBell } from './bell';
import type { FeedNow } from './model';

const told = vi.hoisted(() => ({ items: [] as FeedNow[], ts: '', readAt: null as string | null, warning: vi.fn() }));
vi.mock('@/stream/use-topic', () => ({
  useTopic: () => ({ state: 'live', data: told, ts: told.ts, receivedAt: 0, seq: 1 }),
  useConnection: () => ({ state: 'open' }),
  useServerTime: () => null,
}));
vi.mock('@/api/preferences', () => ({ usePreference: () => [told.readAt, vi.fn()], usePreferencesKnown: () => true }));
vi.mock('@/api/use-get', () => ({ useGet: () => ({ state: 'ready', data: { items: [] }, receivedAt: 0, problem: null, retry: () => undefined }) }));
vi.mock('@/ui/toast', () => ({ toast: { warning: told.warning } }));
vi.mock('@/ui/popup', () => ({ Popup: ({ button }: { button: { 'aria-label': string; children: ReactNode } }) => <button aria-label={button['aria-label']}>{button.children}</button> }));

const AT = '2026-03-17T14:00:00Z';
let draw: (node: ReactNode) => void;

function say(state: string, minute: number): void {
  told.items = [{ feed: 'deribit', name: 'Deribit', state, reason: null }];
  told.ts = `2026-03-17T14:${String(minute).padStart(2, '0')}:00Z`;
  act(() => draw(<NoticeBell person="one" />));
}

beforeEach(() => {
  window.localStorage.clear();
  told.warning.mockReset();
  told.readAt = null;
  told.items = [{ feed: 'deribit', name: 'Deribit', state: 'live', reason: null }];
  told.ts = AT;
  const drawn = render(<NoticeBell person="one" />);
  draw = drawn.rerender;
});

const news = () => screen.getByTestId('news').textContent;

describe('the bell', () => {
  it('counts a feed that fell silent and says so once, aloud and in passing', () => {
    expect(screen.getByRole('button', { name: 'Notices' })).toBeVisible();
    say('stale', 1);
    say('stale', 2);
    expect(screen.getByRole('button', { name: 'Notices, 1 unread' })).toHaveTextContent('1');
    expect(news()).toBe('1 unread notice');
    expect(told.warning).toHaveBeenCalledTimes(1);
    say('live', 3);
    expect(screen.getByRole('button', { name: 'Notices, 2 unread' })).toBeVisible();
    expect(told.warning).toHaveBeenCalledTimes(1);
  });

  it('counts nothing that was read elsewhere', () => {
    told.readAt = '2026-03-17T14:05:00Z';
    say('stale', 1);
    expect(screen.getByRole('button', { name: 'Notices' })).toBeVisible();
    expect(news()).toBe('');
  });

  it('remembers over a reload without saying it again', () => {
    say('stale', 1);
    act(() => draw(<NoticeBell key="reloaded" person="one" />));
    expect(screen.getByRole('button', { name: 'Notices, 1 unread' })).toBeVisible();
    expect(news()).toBe('');
    expect(told.warning).toHaveBeenCalledTimes(1);
  });
});
