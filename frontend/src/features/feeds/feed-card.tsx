'use client';

import type { ReactNode } from 'react';
import { cx } from '@/lib/cx';
import { formatCount, formatNumber } from '@/lib/format';
import type { Clock } from '@/lib/time';
import { ageAt } from '@/lib/time';
import { Age } from '@/ui/age';
import type { Fault, Feed } from './model';
import { addressWords, FAULTS, faultWords, kindWords, refusals, stateWords } from './model';

interface FeedCardProps {
  feed: Feed;
  clock: Clock;
  /** The line is lost: what is shown is from before. */
  cut: boolean;
  mayChange: boolean;
  onSwitch: () => void;
  onFault: (fault: Fault | null) => void;
}

/** One feed: its state in words, where it connects, how much comes and what was refused. */
export function FeedCard({ feed, clock, cut, mayChange, onSwitch, onFault }: FeedCardProps) {
  const state = stateWords(feed.state);
  const refused = refusals(feed.rejected);
  return (
    <article aria-label={feed.name} className="card flex flex-col gap-4 p-5">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="mr-auto min-w-0">
          <h2 className="text-16 font-semibold">{feed.name}</h2>
          <p className={cx('text-13', feed.kind === 'simulated' ? 'text-warn' : 'text-muted')}>{kindWords(feed.kind)}</p>
        </div>
        <p className={cx('inline-flex h-8 items-center gap-2 text-14 font-medium', cut ? 'text-down' : state.tone)} data-testid={`state of ${feed.feed}`}>
          <span className={cx('h-2 w-2 rounded-full', cut ? 'bg-down' : state.dot)} aria-hidden />
          {cut ? `Disconnected · was ${state.word.toLowerCase()}` : state.word}
        </p>
      </header>
      {feed.reason && <p className={cx('text-13', feed.state === 'closed' ? 'text-muted' : 'text-warn')}>{feed.reason}</p>}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-13 sm:grid-cols-3">
        <Fact name="Newest price">
          {feed.last_tick_ts ? (
            <>
              <Age ageMs={ageAt(clock, { ts: feed.last_tick_ts })} receivedAt={clock.receivedAt} /> ago
            </>
          ) : (
            'None yet'
          )}
        </Fact>
        <Fact name="Prices a second">{formatNumber(feed.quotes_per_second, feed.quotes_per_second < 100 ? 1 : 0)}</Fact>
        <Fact name="Instruments">{formatCount(feed.instruments)}</Fact>
      </dl>
      <p className="text-13 text-muted">{addressWords(feed)}.</p>
      <div className="text-13">
        {refused.length === 0 ? (
          <p className="text-muted">Nothing refused since the start.</p>
        ) : (
          <>
            <h3 className="text-muted">Refused since the start</h3>
            <dl className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
              {refused.map(({ reason, count }) => (
                <div key={reason} className="flex gap-2">
                  <dt>{reason}</dt>
                  <dd className="font-medium">{formatCount(count)}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </div>
      {mayChange && feed.switchable && (
        <button type="button" className="control self-start" onClick={onSwitch}>
          Switch {feed.name} {feed.enabled ? 'off' : 'on'}
        </button>
      )}
      {feed.fault !== null && !mayChange && <p className="text-13 text-warn">A fault is being practised: {faultWords(feed.fault).toLowerCase()}.</p>}
      {mayChange && feed.kind === 'simulated' && <Practice feed={feed} onFault={onFault} />}
    </article>
  );
}

function Practice({ feed, onFault }: { feed: Feed; onFault: (fault: Fault | null) => void }) {
  return (
    <section aria-label="Practise a fault" className="flex flex-col gap-3 border-t border-line pt-4 text-13">
      <h3 className="font-medium">Practise a fault</h3>
      <p className="text-muted">See what bad data looks like before it comes from a venue. It lasts until you heal it.</p>
      <div className="flex flex-wrap gap-2">
        {FAULTS.map(({ value, label, hint }) => (
          <button key={value} type="button" data-hint={hint} aria-pressed={feed.fault === value} className={cx('control', feed.fault === value && 'border-warn bg-raised text-warn')} onClick={() => onFault(value)}>
            {label}
          </button>
        ))}
      </div>
      {feed.fault !== null && (
        <button type="button" className="control self-start border-accent font-medium text-accent" onClick={() => onFault(null)}>
          Heal it
        </button>
      )}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-muted">{name}</dt>
      <dd className="text-14 font-medium">{children}</dd>
    </div>
  );
}
