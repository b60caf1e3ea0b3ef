/** Feeds in words: pure. */

import type { Answer } from '@/api/client';

export type FeedsAnswer = Answer<'/api/v1/feeds'>;
export type Feed = FeedsAnswer['items'][number];
export type Fault = NonNullable<Feed['fault']>;

const KIND_WORDS: Record<Feed['kind'], string> = {
  simulated: 'Prices made up on this machine',
  venue: 'Prices of the exchange',
  push: 'Prices that programs send in',
  replay: 'A recorded day played again',
};

export const kindWords = (kind: Feed['kind']): string => KIND_WORDS[kind];

/** The host a feed connects to, as a person reads it: `www.deribit.com`. */
export function hostOf(address: string | null): string | null {
  if (address === null) return null;
  try {
    return new URL(address).host || address;
  } catch {
    return address;
  }
}

export const addressWords = (feed: Pick<Feed, 'address' | 'enabled'>): string => {
  const host = hostOf(feed.address);
  if (host === null) return 'Connects to nothing outside this machine';
  return feed.enabled ? `Connects to ${host}` : `Off: connects to nothing. Would connect to ${host}`;
};

/** What one sees of a feed at a glance. */
export function stateWords(state: Feed['state']): { word: string; tone: string; dot: string } {
  switch (state) {
    case 'live':
      return { word: 'Live', tone: 'text-text', dot: 'bg-up' };
    case 'delayed':
      return { word: 'Delayed', tone: 'text-warn', dot: 'bg-warn' };
    case 'stale':
      return { word: 'Stale', tone: 'text-warn', dot: 'bg-warn' };
    case 'closed':
      return { word: 'Closed', tone: 'text-muted', dot: 'bg-muted' };
    case 'off':
      return { word: 'Off', tone: 'text-muted', dot: 'bg-line' };
  }
}

export const FAULTS: ReadonlyArray<{ value: Fault; label: string; hint: string }> = [
  { value: 'disconnect', label: 'Pull the plug', hint: 'The feed falls off its line, as a venue does. Prices turn stale within seconds.' },
  { value: 'stale', label: 'Fall silent', hint: 'The line stays, no price comes any more.' },
  { value: 'gap', label: 'Leave gaps', hint: 'Every so often some prices are left out.' },
  { value: 'duplicate', label: 'Say things twice', hint: 'Each price comes two times.' },
  { value: 'out_of_order', label: 'Mix up the order', hint: 'Older prices come after newer ones.' },
  { value: 'crossed', label: 'Cross quotes', hint: 'Bids above asks: no middle to trust.' },
  { value: 'garbage', label: 'Send garbage', hint: 'Prices that cannot be; they are refused and counted.' },
];

export const faultWords = (fault: Fault): string => FAULTS.find((each) => each.value === fault)?.label ?? fault;

/** Refused messages, the most frequent reason first. */
export function refusals(rejected: Feed['rejected']): Array<{ reason: string; count: number }> {
  return Object.entries(rejected)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({ reason: reason.replaceAll('_', ' '), count }))
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason));
}

/** What is asked before a feed is put on or off. */
export function switchWords(feed: Pick<Feed, 'name' | 'enabled' | 'address'>): { title: string; text: string; action: string; done: string } {
  const host = hostOf(feed.address);
  if (feed.enabled) return { title: `Switch ${feed.name} off?`, text: `Its connection${host ? ` to ${host}` : ''} is closed. What is stored stays; nothing new comes.`, action: `Switch ${feed.name} off`, done: `${feed.name} is off` };
  return {
    title: `Switch ${feed.name} on?`,
    text: host
      ? `This machine then connects to ${host} and reads public market data. Nothing of you is sent: no account, no key, no positions. The venue sees the address of this machine, as any website does.`
      : 'It connects to nothing outside this machine.',
    action: `Switch ${feed.name} on`,
    done: `${feed.name} is on`,
  };
}
