'use client';

import { useState } from 'react';
import { formatDay } from '@/lib/time';
import { Choose } from '@/ui/choose';
import type { SetLegs, Underlying } from './builder';
import { needsFar, TEMPLATES, templateOf } from './templates';
import { laterExpiry, usualExpiry, useTemplates } from './use-chains';

/** Known strategies on a chosen expiry: picking one replaces the legs. */
export function TemplatePicker({ chosen, setLegs }: { chosen: Underlying; setLegs: SetLegs }) {
  const [wanted, setWanted] = useState<string | null>(null);
  const { build, busy, said } = useTemplates(chosen.underlying, chosen.expiries, (legs) => setLegs(legs, 'push'));
  const expiry = chosen.expiries.some((each) => each.expiry === wanted) ? wanted : usualExpiry(chosen.expiries);
  if (expiry === null) return null;
  const pick = (key: string) => {
    const template = templateOf(key);
    if (template) void build(template, expiry);
  };
  const later = laterExpiry(chosen.expiries, expiry);
  return (
    <>
      <Choose label="Expiry" showLabel={false} value={expiry} onChange={setWanted} choices={chosen.expiries.map((each) => ({ value: each.expiry, label: `${formatDay(each.expiry)} · ${each.dte} d` }))} />
      <Choose
        label="Template"
        showLabel={false}
        value=""
        onChange={pick}
        choices={[
          { value: '', label: busy ? 'Building' : 'Take a template' },
          ...TEMPLATES.map((each) => ({ value: each.key, label: needsFar(each) && later ? `${each.name} (with ${formatDay(later)})` : each.name, group: each.group })),
        ]}
      />
      {said.length > 0 && (
        <p role="status" className="basis-full text-12 text-warn">
          {said.join(' ')}
        </p>
      )}
    </>
  );
}
