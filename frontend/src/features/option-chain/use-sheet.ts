'use client';

import { useMemo } from 'react';
import { decimalsOfStrikes } from '@/lib/format';
import type { Clock } from '@/lib/time';
import { useNow } from '@/ui/use-now';
import type { Sheet } from './cells';
import type { Field, Layout } from './columns';
import { absentFields } from './columns';
import type { Chain, Decimals } from './model';
import { decimalsOf, largestInterest, writerOf } from './model';

const MEASURED_EVERY_MS = 2_000;

export interface Measures {
  decimals: string;
  strikeDecimals: number;
  most: number;
  absent: readonly Field[];
}

/** What is measured over all rows: how numbers are written, what is absent. It need not be measured with every tick. */
export function useMeasures(chain: Chain | null, fields: readonly Field[], chainKey: string): Measures {
  const epoch = chain && `${chainKey} ${chain.rows.length} ${Math.floor(Date.parse(chain.as_of) / MEASURED_EVERY_MS)}`;
  const measured = useMemo(() => {
    const rows = chain?.rows ?? [];
    return { decimals: JSON.stringify(decimalsOf(rows)), strikeDecimals: decimalsOfStrikes(rows.map((row) => row.strike)), most: largestInterest(rows), absent: absentFields(fields, rows).join(' ') };
    // The rows are those of the epoch.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [epoch, fields]);
  const absent = useMemo(() => measured.absent.split(' ').filter(Boolean) as Field[], [measured.absent]);
  const { decimals, strikeDecimals, most } = measured;
  return useMemo(() => ({ decimals, strikeDecimals, most, absent }), [decimals, strikeDecimals, most, absent]);
}

/** By what the cells are written: the same object from tick to tick. */
export function useSheet({ currency, price_currency }: Pick<Chain, 'currency' | 'price_currency'>, layout: Layout, { decimals, most }: Measures, clock: Clock | null): Sheet {
  const columns = useMemo(() => [...layout.before, null, ...layout.after], [layout]);
  const write = useMemo(() => writerOf(JSON.parse(decimals) as Decimals), [decimals]);
  const ages = columns.some((column) => column?.field === 'quote_age_ms');
  const second = useNow();
  const now = ages ? second : 0;
  const counted = ages ? clock : null;
  return useMemo(() => ({ columns, write, most, units: { currency, price_currency }, clock: counted, now }), [columns, write, most, currency, price_currency, counted, now]);
}
