import { askEvery, withLive } from './over';
import type { TopicView } from './store';

const told = (state: 'live' | 'disconnected', receivedAt: number): TopicView<string> => ({ state, data: 'told', ts: '2026-03-02T10:00:00Z', receivedAt, seq: 1 });
const asked = (receivedAt: number, problem: string | null = null) => ({ state: 'ready' as const, data: 'asked', receivedAt, problem, retry: () => undefined });
const waiting: TopicView<string> = { state: 'waiting', data: null, detail: null };

describe('what is told over what was asked for', () => {
  it('asks while nothing flows, and not while it does', () => {
    expect(askEvery(waiting, 3000)).toBe(3000);
    expect(askEvery(told('disconnected', 1), 3000)).toBe(3000);
    expect(askEvery(told('live', 1), 3000)).toBe(0);
  });
  it('shows what was asked for until something is told', () => {
    expect(withLive(asked(5), waiting)).toMatchObject({ data: 'asked' });
    expect(withLive(asked(5), told('live', 1))).toMatchObject({ data: 'told', problem: null, told: true });
  });
  it('shows the newer of the two when the line is lost, with what went wrong', () => {
    expect(withLive(asked(5), told('disconnected', 9))).toMatchObject({ data: 'told' });
    expect(withLive(asked(12), told('disconnected', 9))).toMatchObject({ data: 'asked' });
    expect(withLive(asked(5, 'away'), told('disconnected', 9))).toMatchObject({ data: 'told', problem: 'away' });
  });
  it('is cut where it is neither told nor renewed by asking, whichever of the two is shown', () => {
    const cut = (rest: ReturnType<typeof asked>, view: TopicView<string>) => (withLive(rest, view) as { cut?: boolean }).cut;
    expect(cut(asked(5), told('live', 9))).toBe(false);
    expect(cut(asked(5, 'away'), told('live', 9))).toBe(false);
    expect(cut(asked(5), told('disconnected', 9))).toBe(true);
    expect(cut(asked(12), told('disconnected', 9))).toBe(false);
    expect(cut(asked(12, 'away'), told('disconnected', 9))).toBe(true);
    expect(cut(asked(12), waiting)).toBe(false);
    expect(cut(asked(12, 'away'), waiting)).toBe(true);
  });
});
