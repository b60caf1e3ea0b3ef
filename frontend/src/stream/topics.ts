/** The names under which live states are told; with a source where one is chosen. */

const of = (topic: string, source?: string): string => (source ? `${topic}@${source}` : topic);

export const quotesTopic = (symbol: string, source?: string): string => of(`quotes:${symbol}`, source);
export const boardTopic = (root: string, source?: string): string => of(`board:${root}`, source);
export const curveTopic = (root: string, source?: string): string => of(`curve:${root}`, source);
export const chainTopic = (underlying: string, expiry: string, source?: string): string => of(`chain:${underlying}:${expiry}`, source);
export const surfaceTopic = (underlying: string, source?: string): string => of(`surface:${underlying}`, source);
/** The bars of a contract that close and form now; the server tells those of a second and of a minute. */
export const barsTopic = (symbol: string, interval: '1s' | '1m', source?: string): string => of(`bars:${symbol}:${interval}`, source);
export const FEEDS_TOPIC = 'system:feeds';
