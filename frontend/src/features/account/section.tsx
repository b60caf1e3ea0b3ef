import type { ReactNode } from 'react';

interface SectionProps {
  id: string;
  title: string;
  /** What this part is for, in a sentence. */
  about?: ReactNode;
  children: ReactNode;
}

/** One part of the account page: its heading, what it is for, and its content, under a line. */
export function Section({ id, title, about, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="flex scroll-mt-16 flex-col gap-4 border-t border-line py-8 first:border-t-0 first:pt-0">
      <div className="flex flex-col gap-1">
        <h2 id={`${id}-title`} className="text-16 font-semibold">
          {title}
        </h2>
        {about && <p className="text-13 text-muted">{about}</p>}
      </div>
      {children}
    </section>
  );
}
