'use client';

import { Layers } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { formatInstant } from '@/lib/time';
import { askEvery, withLive } from '@/stream/over';
import { surfaceTopic } from '@/stream/topics';
import { useNotice } from '@/stream/use-notice';
import { useTopic } from '@/stream/use-topic';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { useZone } from '@/ui/preferences';
import { Segmented } from '@/ui/segmented';
import { SkeletonBlock } from '@/ui/skeleton';
import { SourceTag } from '@/ui/source-tag';
import { useQuery } from '@/ui/use-query';
import type { Slice, Surface } from './model';
import { keptSlice, knownRows } from './model';
import { SurfaceFlat } from './surface-flat';
import { SurfaceQuality } from './surface-quality';
import { SurfaceSlices } from './surface-slices';

const SurfaceTurned = dynamic(() => import('./surface-turned'), { ssr: false, loading: () => <SkeletonBlock className="h-96" label="The surface is on its way" /> });

const SHAPES = [
  { value: 'turned', label: '3-D' },
  { value: 'flat', label: 'Flat', hint: 'The same numbers as a table with colours.' },
] as const;

const MODELS = [
  { value: 'raw', label: 'Quotes', hint: 'The surface goes through the quotes themselves.' },
  { value: 'svi', label: 'Fitted', hint: 'One SVI curve for each expiry: total variance as a hyperbola of log-moneyness (Gatheral), kept free of butterfly and calendar arbitrage.' },
] as const;
const NOTHING = () => undefined;

interface SurfacePanelProps {
  underlying: string;
  source?: string;
  onOpenExpiry: (expiry: string) => void;
}

/** Volatility over moneyness and time, to be turned, sliced and read as a table. */
export function SurfacePanel({ underlying, source, onOpenExpiry }: SurfacePanelProps) {
  const { asOf, isLive, every } = useAsOf();
  const { query, change } = useQuery();
  const [zone] = useZone();
  const shape = query.get('surface') === 'flat' ? 'flat' : 'turned';
  const [asked, setAsked] = useState<Slice | null>(null);
  const told = useTopic<Surface>(isLive ? surfaceTopic(underlying, source) : null);
  const rest = useGet('/api/v1/options/{underlying}/surface', { path: { underlying }, query: { as_of: asOf, source } }, { every: every(askEvery(told, POLL_MS.curve)), keep: true });
  const quoted = withLive(rest, told);
  const model = query.get('fit') === 'svi' ? 'svi' : 'raw';
  // The fitted surface is made where it is asked for: again when the quotes have moved.
  const fitted = useGet(model === 'svi' ? '/api/v1/options/{underlying}/surface' : null, { path: { underlying }, query: { model: 'svi', as_of: asOf, source } }, { every: every(askEvery(told, POLL_MS.curve)), keep: true });
  useNotice(told, fitted.state === 'ready' ? fitted.retry : NOTHING, POLL_MS.curve);
  const answer = model === 'svi' && fitted.state !== 'idle' ? fitted : quoted;
  const quotes = model === 'svi' && quoted.state === 'ready' ? quoted.data : null;
  const surface = answer.state === 'ready' ? answer.data : null;
  const slice = useMemo(() => surface && keptSlice(asked, surface), [surface, asked]);

  return (
    <section aria-label="Volatility surface" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3 text-13 text-muted">
        <h2 className="text-14 font-semibold text-text">Volatility surface</h2>
        {surface && (
          <>
            <span>{surface.surface_model === 'svi' ? 'fitted to the quotes (SVI)' : 'through the quotes'}, as of {formatInstant(surface.as_of, zone)}</span>
            <SourceTag source={surface.source} />
          </>
        )}
        <span className="flex flex-wrap gap-3 md:ml-auto">
          <Segmented label="Surface" choices={MODELS} value={model} onChange={(value) => change({ fit: value === 'raw' ? null : value })} />
          <Segmented label="Shown as" choices={SHAPES} value={shape} onChange={(value) => change({ surface: value === 'turned' ? null : value })} />
        </span>
      </div>
      {answer.state === 'loading' && <SkeletonBlock className="h-96" label="The surface is on its way" />}
      {answer.state === 'failed' && <Failure problem={answer.problem} retry={answer.retry} />}
      {answer.state === 'ready' && answer.problem && <NotRenewed problem={answer.problem} retry={answer.retry} />}
      {surface && slice && knownRows(surface).length < 2 && (
        <Notice icon={Layers} title="Too few expiries for a surface">
          At least two expiries need quotes with a volatility at this moment.
        </Notice>
      )}
      {surface && slice && knownRows(surface).length >= 2 && (
        <>
          <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            {shape === 'flat' ? <SurfaceFlat surface={surface} slice={slice} onSlice={setAsked} onOpenExpiry={onOpenExpiry} /> : <SurfaceTurned surface={surface} slice={slice} onSlice={setAsked} />}
            <SurfaceSlices surface={surface} quotes={quotes} slice={slice} onSlice={setAsked} onOpenExpiry={onOpenExpiry} />
          </div>
          <SurfaceQuality surface={surface} />
        </>
      )}
    </section>
  );
}
