'use client';

import { useState } from 'react';
import { get } from '@/api/client';
import { Problem } from '@/api/problem';
import { useAsOf } from '@/api/use-as-of';
import type { LinkLeg } from '@/lib/strategy-link';
import type { Template } from './templates';
import { needsFar, resolveTemplate } from './templates';

interface Expiring {
  expiry: string;
  dte: number;
}

/** The expiry a strategy is built on unless another is chosen: the first with two weeks or more to go. */
export const usualExpiry = (expiries: readonly Expiring[]): string | null => (expiries.find((each) => each.dte >= 14) ?? expiries.at(-1))?.expiry ?? null;

/** The first later expiry that is at least ten days further out, else the next. */
export function laterExpiry(expiries: readonly Expiring[], near: string): string | null {
  const from = expiries.find((each) => each.expiry === near);
  const later = expiries.filter((each) => each.expiry > near);
  return (later.find((each) => each.dte >= (from?.dte ?? 0) + 10) ?? later[0])?.expiry ?? null;
}

/** Turns templates into legs with the chains of the moment; says what stands in the way. */
export function useTemplates(underlying: string, expiries: readonly Expiring[], done: (legs: LinkLeg[]) => void) {
  const { asOf } = useAsOf();
  const [busy, setBusy] = useState<string | null>(null);
  const [said, setSaid] = useState<string[]>([]);
  const chainOf = (expiry: string) => get('/api/v1/options/{underlying}/chain', { path: { underlying }, query: { expiry, strikes: 'all', as_of: asOf } });
  const build = async (template: Template, expiry: string) => {
    setBusy(template.key);
    setSaid([]);
    try {
      const later = needsFar(template) ? laterExpiry(expiries, expiry) : null;
      const [near, far] = await Promise.all([chainOf(expiry), later === null ? null : chainOf(later)]);
      const found = resolveTemplate(template, near, far);
      if (found.kind === 'impossible') return setSaid([found.why]);
      setSaid(found.notes);
      done(found.legs);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setSaid([error.detail ?? error.title]);
    } finally {
      setBusy(null);
    }
  };
  return { build, busy, said };
}
