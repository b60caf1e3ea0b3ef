'use client';

import { ShieldCheck } from 'lucide-react';
import { useMemo } from 'react';
import { formatAgo, formatDate, formatInstant } from '@/lib/time';
import type { ZoneChoice } from '@/lib/time';
import { cx } from '@/lib/cx';
import { Choose } from '@/ui/choose';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { useZone } from '@/ui/preferences';
import { useNow } from '@/ui/use-now';
import type { Intent, Person } from './model';
import { nameOf, ROLES } from './model';

interface PeopleTableProps {
  people: Person[];
  /** Who looks at the table. */
  me: string;
  mayChange: boolean;
  onIntent: (intent: Intent) => void;
}

/** Who has an account, what they may do, and when they were last here. */
export function PeopleTable({ people, me, mayChange, onIntent }: PeopleTableProps) {
  const [zone] = useZone();
  const minute = Math.floor(useNow() / 60_000) * 60_000;
  const columns = useMemo(() => columnsOf({ me, mayChange, onIntent, zone, now: minute }), [me, mayChange, onIntent, zone, minute]);
  return <DataTable label="People" rows={people} columns={columns} rowKey={(row) => row.id} highlight={(row) => row.id === me} />;
}

interface Context extends Omit<PeopleTableProps, 'people'> {
  zone: ZoneChoice;
  now: number;
}

// The list comes page by page, the newest first: sorting a page would only seem to sort the list.
const PLAIN = { enableSorting: false } as const;

function columnsOf({ me, mayChange, onIntent, zone, now }: Context): Column<Person>[] {
  return [
    { id: 'person', header: 'Person', ...PLAIN, meta: { align: 'left' }, cell: ({ row }) => <Who person={row.original} isMe={row.original.id === me} /> },
    {
      id: 'role',
      header: 'Role',
      ...PLAIN,
      meta: { align: 'left' },
      cell: ({ row: { original } }) =>
        mayChange ? (
          <Choose className="relative [&_select]:min-w-[136px]" label={`Role of ${nameOf(original)}`} showLabel={false} choices={ROLES} value={original.role} onChange={(role) => onIntent({ person: original, role })} />
        ) : (
          ROLES.find((role) => role.value === original.role)?.label
        ),
    },
    { id: 'status', header: 'Status', ...PLAIN, meta: { align: 'left' }, cell: ({ row: { original } }) => <span className={cx(original.status === 'disabled' && 'text-warn')}>{original.status === 'disabled' ? 'Disabled' : 'Active'}</span> },
    {
      id: 'mfa',
      header: 'Two-step',
      ...PLAIN,
      meta: { align: 'left' },
      cell: ({ row }) =>
        row.original.mfa_enabled ? (
          <span className="inline-flex items-center gap-1">
            <ShieldCheck className="icon text-up" aria-hidden />
            On
          </span>
        ) : (
          <span className="text-muted">Off</span>
        ),
    },
    {
      id: 'seen',
      header: 'Last sign-in',
      ...PLAIN,
      meta: { align: 'left' },
      cell: ({ row }) =>
        row.original.last_login_at ? (
          <time dateTime={row.original.last_login_at} title={formatInstant(row.original.last_login_at, zone)}>
            {formatAgo(row.original.last_login_at, now)}
          </time>
        ) : (
          <span className="text-muted">Never</span>
        ),
    },
    { id: 'since', header: 'Since', ...PLAIN, meta: { align: 'left' }, cell: ({ row }) => formatDate(row.original.created_at) },
    {
      id: 'switch',
      header: () => <span className="relative"><span className="sr-only">Change</span></span>,
      ...PLAIN,
      cell: ({ row: { original } }) =>
        mayChange &&
        (original.status === 'active' ? (
          <button type="button" className="control" aria-label={`Disable ${nameOf(original)}`} onClick={() => onIntent({ person: original, status: 'disabled' })}>
            Disable
          </button>
        ) : (
          <button type="button" className="control" aria-label={`Enable ${nameOf(original)}`} onClick={() => onIntent({ person: original, status: 'active' })}>
            Enable
          </button>
        )),
    },
  ];
}

function Who({ person, isMe }: { person: Person; isMe: boolean }) {
  return (
    <span className="name flex flex-col py-1 leading-4">
      <span className="font-medium">
        {nameOf(person)}
        {isMe && <span className="font-normal text-muted"> · you</span>}
      </span>
      {person.full_name && <span className="text-12 text-muted">{person.email}</span>}
      {!person.email_verified && <span className="text-12 text-warn">Address not confirmed</span>}
    </span>
  );
}
