'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import type { ComponentProps } from 'react';

type DeskLinkProps = Omit<ComponentProps<typeof Link>, 'href'> & { path: string; query?: Record<string, string> };

/** The address of a page, which keeps the moment that is looked at unless the query names another. */
export function deskAddress(path: string, query: Record<string, string>, asOf: string | null): string {
  const text = new URLSearchParams(asOf ? { as_of: asOf, ...query } : query).toString();
  return text ? `${path}?${text}` : path;
}

/** A link inside the desk: whoever looks at the past keeps looking at it on the next page. */
export function DeskLink({ path, query = {}, ...rest }: DeskLinkProps) {
  const asOf = useSearchParams().get('as_of');
  return <Link href={deskAddress(path, query, asOf)} prefetch={false} {...rest} />;
}
