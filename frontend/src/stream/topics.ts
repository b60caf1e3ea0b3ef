/** The names under which live states are told; with a source where one is chosen. */

const of = (topic: string, source?: string): string => (source ? `${topic}@${source}` : topic);

export const boardTopic = (root: string, source?: string): string => of(`board:${root}`, source);
export const curveTopic = (root: string, source?: string): string => of(`curve:${root}`, source);
export const chainTopic = (underlying: string, expiry: string, source?: string): string => of(`chain:${underlying}:${expiry}`, source);
export const surfaceTopic = (underlying: string, source?: string): string => of(`surface:${underlying}`, source);
export const FEEDS_TOPIC = 'system:feeds';
