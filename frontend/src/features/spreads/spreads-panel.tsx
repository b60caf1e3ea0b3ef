'use client';

import { Split } from 'lucide-react';
import { useMemo } from 'react';
import type { Answer } from '@/api/client';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { fileAddress, FILES } from '@/lib/file-address';
import { formatNumber, formatSigned } from '@/lib/format';
import { priceDecimals } from '@/lib/quote';
import { TERMS } from '@/lib/terms';
import type { Clock } from '@/lib/time';
import { Age } from '@/ui/age';
import type { Column } from '@/ui/data-table';
import { DataTable } from '@/ui/data-table';
import { ExportLinks } from '@/ui/export-links';
import { Flash } from '@/ui/flash';
import { Missing } from '@/ui/hint';
import { Notice } from '@/ui/notice';
import { Segmented } from '@/ui/segmented';
import { useQuery } from '@/ui/use-query';
import type { Contract, Spread, SpreadKind } from './model';
import { ageOf, dated, namedSpread, neighbours, troubles, withQuoteAges } from './model';
import { SpreadDetail } from './spread-detail';
import { SpreadMatrix } from './spread-matrix';

const VIEWS = [
  { value: 'matrix', label: 'Matrix', hint: 'Every contract against every later one.' },
  { value: 'calendar', label: 'Neighbours', hint: TERMS.calendar_spread },
  { value: 'butterfly', label: 'Butterflies', hint: TERMS.butterfly },
] as const;

const NONE: Answer<'/api/v1/futures/{root}/spreads'>['items'] = [];

interface SpreadsPanelProps {
  root: string;
  contracts: readonly Contract[];
  source?: string;
  tick: number | null;
  clock: Clock;
}

/** Calendar spreads and butterflies, priced from the quotes of their legs with every beat. */
export function SpreadsPanel({ root, contracts, source, tick, clock }: SpreadsPanelProps) {
  const { asOf } = useAsOf();
  const isPast = asOf !== undefined;
  const { query, change } = useQuery();
  const view = VIEWS.find((each) => each.value === query.get('kind'))?.value ?? 'matrix';
  const named = query.get('spread');
  // What happened in the past does not change: its ages are asked for once.
  const told = useGet(isPast ? '/api/v1/futures/{root}/spreads' : null, { path: { root }, query: { as_of: asOf, source } });
  const past = told.state === 'ready' ? told.data.items : NONE;
  const legs = useMemo(() => (isPast ? withQuoteAges(dated(contracts), past) : dated(contracts)), [contracts, isPast, past]);
  const chosen = useMemo(() => namedSpread(named, legs), [named, legs]);
  const open = (name: string) => change({ spread: name === named ? null : name });
  const shared = { tick, clock, isPast };

  return (
    <section aria-label="Spreads" className="flex flex-col gap-4">
      <div>
        <Segmented label="Spreads shown" choices={VIEWS} value={view} onChange={(value) => change({ kind: value === 'matrix' ? null : value })} />
      </div>
      {legs.length < (view === 'butterfly' ? 3 : 2) ? (
        <Notice icon={Split} title="No spreads at this moment">
          A spread needs at least {view === 'butterfly' ? 'three' : 'two'} contracts that end some day.
        </Notice>
      ) : view === 'matrix' ? (
        <SpreadMatrix contracts={legs} tick={tick} chosen={chosen?.name ?? null} onOpen={open} />
      ) : (
        <SpreadList kind={view} contracts={legs} chosen={chosen?.name ?? null} onOpen={open} {...shared} />
      )}
      {legs.length > 1 && (
        <ExportLinks
          label={view === 'matrix' ? 'Every spread' : view === 'calendar' ? 'Calendar spreads' : 'Butterflies'}
          links={FILES.map(([form, format]) => ({
            form,
            href: fileAddress(`/futures/${encodeURIComponent(root)}/spreads`, format, { as_of: asOf, source, kind: view === 'matrix' ? undefined : view, pairs: view === 'matrix' ? 'all' : undefined }),
          }))}
        />
      )}
      {chosen ? <SpreadDetail key={chosen.name} spread={chosen} source={source} onClose={() => open(chosen.name)} {...shared} /> : named && <p className="text-13 text-muted">{named} is no spread of contracts that live at this moment.</p>}
    </section>
  );
}

interface SpreadListProps {
  kind: SpreadKind;
  contracts: readonly Contract[];
  tick: number | null;
  clock: Clock;
  isPast: boolean;
  chosen: string | null;
  onOpen: (name: string) => void;
}

function SpreadList({ kind, contracts, tick, clock, isPast, chosen, onOpen }: SpreadListProps) {
  const rows = useMemo(() => neighbours(kind, contracts), [kind, contracts]);
  const columns = columnsOf(tick, clock, isPast, onOpen);
  return <DataTable label={kind === 'calendar' ? 'Calendar spreads' : 'Butterflies'} rows={rows} columns={columns} rowKey={(row) => row.name} highlight={(row) => row.name === chosen} />;
}

function columnsOf(tick: number | null, clock: Clock, isPast: boolean, onOpen: (name: string) => void): Column<Spread>[] {
  const side = (row: Spread, value: number | null, decimals: number) =>
    value === null ? <Missing reason={troubles(row).join('. ')} focusable /> : <Flash value={value} text={formatSigned(value, decimals)} />;
  const [traded, middle] = [priceDecimals(tick, null), priceDecimals(tick, 'mid')];
  return [
    {
      id: 'name',
      header: 'Spread',
      accessorFn: (row) => row.name,
      meta: { align: 'left' },
      cell: ({ row }) => (
        <button type="button" onClick={() => onOpen(row.original.name)} className="name text-left font-medium hover:text-accent">
          {row.original.name}
        </button>
      ),
    },
    { id: 'days', header: 'Days', accessorFn: (row) => row.days ?? Infinity, meta: { hint: 'Between the first and the last expiry.' }, cell: ({ row }) => (row.original.days === null ? '·' : formatNumber(Math.round(row.original.days))) },
    { id: 'bid', header: 'Bid', accessorFn: (row) => row.bid ?? -Infinity, meta: { hint: TERMS.bid }, cell: ({ row }) => side(row.original, row.original.bid, traded) },
    { id: 'mid', header: 'Middle', accessorFn: (row) => row.mid ?? -Infinity, cell: ({ row }) => <span className="font-medium">{side(row.original, row.original.mid, middle)}</span> },
    { id: 'ask', header: 'Ask', accessorFn: (row) => row.ask ?? -Infinity, meta: { hint: TERMS.ask }, cell: ({ row }) => side(row.original, row.original.ask, traded) },
    { id: 'age', header: 'Age', accessorFn: (row) => ageOf(row, clock) ?? Infinity, meta: { hint: 'Of the leg quoted longest ago.' }, cell: ({ row }) => <Age ageMs={ageOf(row.original, clock)} receivedAt={clock.receivedAt} frozen={isPast} /> },
  ];
}
