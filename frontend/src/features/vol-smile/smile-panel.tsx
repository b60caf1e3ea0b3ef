'use client';

import { useMemo, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { seriesColour } from '@/charts/theme';
import { POLL_MS } from '@/config/desk';
import { cx } from '@/lib/cx';
import { askedEarlier, earlierMoment } from '@/lib/earlier';
import { TERMS } from '@/lib/terms';
import { formatDay } from '@/lib/time';
import { askEvery, isFlowing } from '@/stream/over';
import { chainTopic } from '@/stream/topics';
import { useNotice } from '@/stream/use-notice';
import { useTopic } from '@/stream/use-topic';
import { EarlierMoments } from '@/ui/earlier-moments';
import { Failure, NotRenewed } from '@/ui/failure';
import { Segmented } from '@/ui/segmented';
import { SkeletonBlock } from '@/ui/skeleton';
import { useQuery } from '@/ui/use-query';
import type { Chain, CurveKind, Smile, SmileAxis } from './model';
import { AGAINST, drawnExpiries, followed, MOST_EXPIRIES, smileLines, toggledExpiries } from './model';
import { SmileChart } from './smile-chart';
import { SmileQuality } from './smile-quality';
import { SmileTable } from './smile-table';

interface SmilePanelProps {
  underlying: string;
  source?: string;
  expiry: string;
  expiries: ReadonlyArray<{ expiry: string; dte: number }>;
  height?: number;
  /** With earlier moments, whiskers, a table and where the numbers come from; else the picture alone. */
  full?: boolean;
  hoveredStrike: number | null;
  onHoverStrike: (strike: number | null) => void;
}

const AXES = [
  { value: 'strike', label: 'Strike' },
  { value: 'log_moneyness', label: 'Moneyness', hint: 'The logarithm of strike over forward: 0 is at the money.' },
  { value: 'delta', label: 'Delta', hint: 'The forward delta of the call of each strike.' },
] as const;
const CURVES = [
  { value: 'points', label: 'Points', hint: 'What is quoted, and nothing drawn through it.' },
  { value: 'smooth', label: 'Smooth', hint: 'A line through the neighbourhood of each place: a local quadratic fit, weighted by how near and how tight the quotes are.' },
  { value: 'svi', label: 'SVI', hint: `${TERMS.svi} Fitted to each expiry by itself.` },
] as const;
const SHAPES = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
] as const;
const NONE: readonly Smile[] = [];
const NOTHING = () => undefined;

/** Implied volatility over strikes, several expiries and several moments laid over each other. */
export function SmilePanel({ underlying, source, expiry, expiries, height = 320, full = false, hoveredStrike, onHoverStrike }: SmilePanelProps) {
  const { asOf, isLive, every } = useAsOf();
  const { query, change } = useQuery();
  const [whiskers, setWhiskers] = useState(false);
  const axis: SmileAxis = AXES.find((each) => each.value === query.get('x'))?.value ?? 'strike';
  const curve: CurveKind = (full && CURVES.find((each) => each.value === query.get('fit'))?.value) || 'smooth';
  const shape = full && query.get('smile') === 'table' ? 'table' : 'chart';
  const drawn = drawnExpiries(expiry, query.get('with'), expiries.map((each) => each.expiry));
  const against = full ? askedEarlier(query.get('against'), AGAINST) : [];
  const againstText = against.join(',');
  // Earlier moments stand still while the page is looked at: a clock in the question would make every poll a new one.
  const [openedAt] = useState(() => new Date());
  const compare = useMemo(() => (againstText ? againstText.split(',') : []).map((each) => earlierMoment(each, asOf ? new Date(asOf) : openedAt)), [againstText, asOf, openedAt]);
  const told = useTopic<Chain>(isLive ? chainTopic(underlying, expiry, source) : null);
  const answer = useGet(
    '/api/v1/options/{underlying}/smile',
    { path: { underlying }, query: { expiry: drawn.join(','), x: axis, as_of: asOf, source, compare: compare.length ? compare.join(',') : undefined, fit: curve === 'svi' ? 'svi' : undefined } },
    { every: every(askEvery(told, POLL_MS.curve)), keep: true },
  );
  useNotice(told, answer.state === 'ready' ? answer.retry : NOTHING, POLL_MS.prices);
  const smiles = answer.state === 'ready' ? answer.data.smiles : NONE;
  const chain = isFlowing(told) ? told.data : null;
  const shownAxis = answer.state === 'ready' ? answer.data.x : axis;
  // Points are those of the last beat; a curve is fitted where it is asked for, every few seconds.
  const lines = useMemo(() => {
    const now = smiles[0]?.as_of;
    return smileLines(smiles.map((smile) => (smile.as_of === now ? followed(smile, chain, shownAxis) : smile)));
  }, [smiles, chain, shownAxis]);
  const missing = drawn.length * (1 + compare.length) - smiles.length;

  return (
    <section aria-label="Volatility smile" className="card flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="mr-auto text-14 font-semibold">Smile</h2>
        {full && (
          <button type="button" aria-pressed={whiskers} onClick={() => setWhiskers(!whiskers)} data-hint="Volatility at the bid and at the ask of each option." className={cx('control', whiskers && 'border-accent bg-raised')}>
            Bid and ask
          </button>
        )}
        <Segmented label="Axis" choices={AXES} value={axis} onChange={(x) => change({ x: x === 'strike' ? null : x })} />
        {full && <Segmented label="Curve" choices={CURVES} value={curve} onChange={(value) => change({ fit: value === 'smooth' ? null : value })} />}
        {full && <Segmented label="Shown as" choices={SHAPES} value={shape} onChange={(value) => change({ smile: value === 'chart' ? null : value })} />}
      </div>
      {full && <EarlierMoments label="Held against" offered={AGAINST} asked={against} onChange={(next) => change({ against: next.join(',') || null })} />}
      {answer.state === 'loading' && <SkeletonBlock className="h-80" label="The smile is on its way" />}
      {answer.state === 'failed' && <Failure problem={answer.problem} retry={answer.retry} />}
      {answer.state === 'ready' && (
        <>
          {answer.problem && <NotRenewed problem={answer.problem} retry={answer.retry} />}
          {compare.length > 0 && missing > 0 && <p className="text-12 text-warn">Nothing is stored for {missing} of the smiles asked for: the expiry was not quoted yet, or not at that moment.</p>}
          {shape === 'table' ? (
            <SmileTable lines={lines} whiskers={whiskers} />
          ) : (
            <SmileChart lines={lines} axis={shownAxis} curve={curve} height={height} whiskers={whiskers} hoveredStrike={hoveredStrike} onHoverStrike={onHoverStrike} />
          )}
        </>
      )}
      <div role="group" aria-label="Expiries laid over each other" className="flex flex-wrap gap-1">
        {expiries.slice(0, 12).map((each) => {
          const on = drawn.includes(each.expiry);
          return (
            <button
              key={each.expiry}
              type="button"
              aria-pressed={on}
              disabled={!on && drawn.length >= MOST_EXPIRIES}
              onClick={() => change({ with: toggledExpiries(drawn, each.expiry).slice(1).join(',') || null })}
              className={cx('inline-flex h-7 items-center gap-2 rounded border px-2 text-12', on ? 'border-line bg-raised text-text' : 'border-transparent text-muted hover:text-text disabled:opacity-50')}
            >
              {on && <span className="h-2 w-2 rounded-full" style={{ background: seriesColour(drawn.length > 1 ? drawn.indexOf(each.expiry) : 0) }} aria-hidden />}
              {formatDay(each.expiry, openedAt.getUTCFullYear())}
            </button>
          );
        })}
      </div>
      {full && lines[0] && <SmileQuality lines={lines} curve={curve} />}
    </section>
  );
}
