'use client';

import { Repeat } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { POLL_MS } from '@/config/desk';
import { decimalsOfTick, formatNumber, formatSigned, formatSignedPercent } from '@/lib/format';
import { formatDate } from '@/lib/time';
import { Failure, NotRenewed } from '@/ui/failure';
import { Explained } from '@/ui/hint';
import { Notice } from '@/ui/notice';
import { SkeletonBlock } from '@/ui/skeleton';
import { Migration } from './migration';
import type { Monitor } from './model';
import { whenWords } from './model';
import { PastRolls } from './past-rolls';

interface RollPanelProps {
  root: string;
  source?: string;
  tick: number | null;
}

/** When and at what cost a position goes on to the next contract, and how far the market has gone. */
export function RollPanel({ root, source, tick }: RollPanelProps) {
  const { asOf, every } = useAsOf();
  const monitor = useGet('/api/v1/futures/{root}/roll', { path: { root }, query: { as_of: asOf, source } }, { every: every(POLL_MS.curve), keep: true });
  return (
    <section aria-label="Roll monitor" className="flex flex-col gap-4">
      {monitor.state === 'loading' && <SkeletonBlock className="h-80" label="The roll monitor is on its way" />}
      {monitor.state === 'failed' && <Failure problem={monitor.problem} retry={monitor.retry} />}
      {monitor.state === 'ready' && (
        <>
          {monitor.problem && <NotRenewed problem={monitor.problem} retry={monitor.retry} />}
          {monitor.data.front && monitor.data.next ? (
            <Drawn monitor={monitor.data} front={monitor.data.front.symbol} next={monitor.data.next.symbol} tick={tick} />
          ) : (
            <Notice icon={Repeat} title="There is nothing to roll into">
              A roll needs two contracts that live at this moment.
            </Notice>
          )}
          <PastRolls root={root} source={source} decimals={decimalsOfTick(tick)} />
        </>
      )}
    </section>
  );
}

function Drawn({ monitor, front, next, tick }: { monitor: Monitor; front: string; next: string; tick: number | null }) {
  const whole = decimalsOfTick(tick);
  const middle = tick === null ? whole : Math.min(6, decimalsOfTick(tick / 2));
  const { cost } = monitor;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        <Card title={<span className="name">{`${front} to ${next}`}</span>} big={monitor.roll_date ? formatDate(monitor.roll_date) : 'No date'}>
          By calendar, {whenWords(monitor.days_to_roll)}
          {monitor.trading_days_to_roll !== null && `, ${monitor.trading_days_to_roll} trading days`}
        </Card>
        <Card title={<Explained hint="Next minus front: above zero in contango.">Spread</Explained>} big={cost.spread === null ? 'No price' : formatSigned(cost.spread, middle)}>
          {cost.spread_annualised !== null && `${formatSignedPercent(cost.spread_annualised, 1)} a year`}
        </Card>
        <Card
          title={<Explained hint="Buying the next contract at its ask and selling the front at its bid.">{(cost.long_roll ?? 0) < 0 ? 'A long roll receives' : 'A long roll pays'}</Explained>}
          big={cost.long_roll === null ? 'No quote' : formatNumber(Math.abs(cost.long_roll), whole)}
        >
          {cost.long_roll_money !== null && `${formatNumber(Math.abs(cost.long_roll_money), 2)} ${cost.currency ?? ''} a contract`}
          {cost.slippage !== null && `; crossing the quotes costs ${formatNumber(cost.slippage, middle)}`}
        </Card>
        <Card title="The market has gone on" big={monitor.volume_crossed_on ? formatDate(monitor.volume_crossed_on) : 'Not yet'}>
          {monitor.volume_crossed_on ? 'since then the next contract trades more' : 'the front contract trades more'}
          {monitor.open_interest_crossed_on ? `; more open interest since ${formatDate(monitor.open_interest_crossed_on)}` : '; and has more open interest'}
        </Card>
      </div>
      <Migration monitor={monitor} front={front} next={next} />
    </>
  );
}

function Card({ title, big, children }: { title: ReactNode; big: string; children: ReactNode }) {
  return (
    <div className="card num flex flex-col gap-1 p-4">
      <p className="text-12 text-muted">{title}</p>
      <p className="text-20 font-semibold">{big}</p>
      <p className="text-12 text-muted">{children}</p>
    </div>
  );
}
