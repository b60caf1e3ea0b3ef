'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useState } from 'react';
import { cx } from '@/lib/cx';
import type { Clock } from '@/lib/time';
import { Choose } from '@/ui/choose';
import { Failure, NotRenewed } from '@/ui/failure';
import { SkeletonRows } from '@/ui/skeleton';
import { ListMenu } from './list-menu';
import type { Product } from './model';
import { cardProducts } from './model';
import { SymbolSearch } from './symbol-search';
import { TileHead } from './tile';
import { useQuotes } from './use-quotes';
import type { Watchlists } from './use-watchlists';
import { MOST_WATCHED, movedSymbol, placedSymbol, productOf } from './watch-model';
import { WatchRow } from './watch-row';

const NOTHING: readonly string[] = [];

/** The contracts a person watches, live, in their own order, kept on the server. */
export function WatchTile({ products, clock, watching }: { products: readonly Product[]; clock: Clock; watching: Watchlists }) {
  const { asked, list, lists } = watching;
  const symbols = list?.symbols ?? NOTHING;
  const { rows, problem, retry } = useQuotes(symbols);
  const [edits, setEdits] = useState(false);
  const isFull = symbols.length >= MOST_WATCHED;
  return (
    <>
      <TileHead id="watch" whole={{ path: '/futures' }}>
        {lists.length > 1 && list && <Choose label="Watch list" showLabel={false} value={list.id} onChange={watching.choose} choices={lists.map(({ id, name }) => ({ value: id, label: name }))} />}
        {asked.state === 'ready' && !isFull && <SymbolSearch taken={symbols} onPick={(added) => watching.keep([...new Set([...symbols, ...added])].slice(0, MOST_WATCHED))} />}
        {symbols.length > 0 && (
          <button type="button" className={cx('control', edits && 'border-accent text-accent')} aria-pressed={edits} onClick={() => setEdits(!edits)}>
            {edits ? 'Done' : 'Edit'}
          </button>
        )}
        {asked.state === 'ready' && <ListMenu watching={watching} />}
      </TileHead>
      {asked.state === 'loading' && <SkeletonRows rows={5} label="Your watch list is on its way" />}
      {asked.state === 'failed' && <Failure problem={asked.problem} retry={asked.retry} />}
      {problem && <NotRenewed problem={problem} retry={retry} />}
      {asked.state === 'ready' && symbols.length === 0 && (
        <div className="flex flex-col items-start gap-3 text-13 text-muted">
          <p>{list ? `${list.name} is empty.` : 'You watch nothing yet.'} Type part of a contract above, such as CL, and press Enter.</p>
          {products.length > 0 && (
            <button type="button" className="control" onClick={() => watching.keep(cardProducts(products, null).flatMap(({ front }) => front?.symbol ?? []))}>
              Begin with the front contracts
            </button>
          )}
        </div>
      )}
      {symbols.length > 0 && (
        // A table wider than the screen is scrolled by keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="scroll-x -mx-4 px-4" role="region" aria-label="Watch list" tabIndex={0}>
          <table className="num w-full text-13" aria-label={list?.name}>
            <thead>
              <tr className="text-12 text-muted">
                <th scope="col" className="py-1 text-left font-medium">Contract</th>
                <th scope="col" className="py-1 pl-3 text-right font-medium">Price</th>
                <th scope="col" className="py-1 pl-3 text-right font-medium">Change</th>
                <th scope="col" className="hidden py-1 pl-3 text-right font-medium sm:table-cell">Bid</th>
                <th scope="col" className="hidden py-1 pl-3 text-right font-medium sm:table-cell">Ask</th>
                <th scope="col" className="hidden py-1 pl-3 text-right font-medium lg:table-cell">Volume</th>
                <th scope="col" className="py-1 pl-3 text-right font-medium">Age</th>
                {edits && <th scope="col" className="py-1 text-right font-medium"><span className="sr-only">Order</span></th>}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ symbol, quote, state }, at) => (
                <WatchRow key={symbol} symbol={symbol} quote={quote} state={state} product={productOf(symbol, products)} clock={clock} drop={edits ? (dragged) => watching.keep(placedSymbol(symbols, dragged, at)) : null}>
                  {edits && (
                    <td className="whitespace-nowrap py-1 pl-2 text-right">
                      <RowButton label={`${symbol} up`} disabled={at === 0} onClick={() => watching.keep(movedSymbol(symbols, symbol, -1))} icon={ChevronUp} />
                      <RowButton label={`${symbol} down`} disabled={at === symbols.length - 1} onClick={() => watching.keep(movedSymbol(symbols, symbol, 1))} icon={ChevronDown} />
                      <RowButton label={`Watch ${symbol} no longer`} onClick={() => watching.keep(symbols.filter((each) => each !== symbol))} icon={X} />
                    </td>
                  )}
                </WatchRow>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function RowButton({ label, icon: Icon, disabled = false, onClick }: { label: string; icon: typeof X; disabled?: boolean; onClick: () => void }) {
  return (
    <button type="button" aria-label={label} disabled={disabled} onClick={onClick} className="inline-flex h-7 w-7 items-center justify-center rounded text-muted hover:bg-raised hover:text-text disabled:opacity-30">
      <Icon className="icon" aria-hidden />
    </button>
  );
}
