'use client';

import type { LinkLeg } from '@/lib/strategy-link';

/** What the person keeps. */
export function SavedStrategies(props: { underlying: string; legs: LinkLeg[] }) {
  void props;
  return null;
}
