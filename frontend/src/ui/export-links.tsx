import { Download } from 'lucide-react';

export interface ExportLink {
  /** The form of the file, such as CSV. */
  form: string;
  href: string;
}

/** The ways to take what is shown away as a file. */
export function ExportLinks({ label, links }: { label: string; links: readonly ExportLink[] }) {
  return (
    <span role="group" aria-label={`${label} as a file`} className="inline-flex items-center gap-2 text-13 text-muted">
      <Download className="icon" aria-hidden />
      {label} as a file:
      {links.map(({ form, href }) => (
        <a key={form} href={href} download className="underline underline-offset-2 hover:text-accent" aria-label={`${label} as ${form}`}>
          {form}
        </a>
      ))}
    </span>
  );
}
