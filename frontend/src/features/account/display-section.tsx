'use client';

import { formatInstant } from '@/lib/time';
import { Change } from '@/ui/change';
import { DisplayFields } from '@/ui/display-fields';
import { useZone } from '@/ui/preferences';
import { useNow } from '@/ui/use-now';
import { Section } from './section';

/** Figures that no market ever had: they only show how figures look. */
const EXAMPLES = [
  { name: 'Up', change: 1.25, words: '+1.25\u202f%' },
  { name: 'Down', change: -0.8, words: '\u22120.80\u202f%' },
] as const;

/** How the desk looks, the same choices as in its header, and what they do. */
export function DisplaySection() {
  return (
    <Section id="display" title="Display" about="How the desk looks. What you choose follows you to your other devices.">
      <DisplayFields />
      <Preview />
    </Section>
  );
}

function Preview() {
  const [zone] = useZone();
  const now = useNow();
  return (
    <figure className="flex flex-col gap-1" data-testid="preview">
      <table className="card w-full border-separate border-spacing-0 text-13">
        <caption className="sr-only">How rows, colours and times look</caption>
        <tbody>
          {EXAMPLES.map(({ name, change, words }) => (
            <tr key={name}>
              <th scope="row" className="cell text-left font-medium">
                {name}
              </th>
              <td className="cell text-right">
                <Change value={change} text={words} />
              </td>
              <td className="cell text-right text-muted">{now === 0 ? '' : formatInstant(new Date(now).toISOString(), zone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption className="text-12 text-muted">An example; the figures are made up.</figcaption>
    </figure>
  );
}
