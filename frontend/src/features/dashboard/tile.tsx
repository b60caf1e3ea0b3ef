'use client';

import { ArrowUpRight, ChevronLeft, ChevronRight, EyeOff, GripVertical } from 'lucide-react';
import type { DragEvent, ReactNode } from 'react';
import { useState } from 'react';
import { cx } from '@/lib/cx';
import { DeskLink } from '@/ui/desk-link';
import type { TileId } from './model';
import { TILE_NAMES } from './model';

/** Columns of the grid's six that a tile takes on a wide screen. */
const SPANS: Record<TileId, string> = {
  prices: 'md:col-span-2 xl:col-span-6',
  watch: 'md:col-span-2 xl:col-span-4',
  movers: 'xl:col-span-2',
  curve: 'xl:col-span-2',
  volatility: 'xl:col-span-2',
  expiries: 'xl:col-span-2',
};

export interface Arranging {
  move: (by: number) => void;
  hide: () => void;
  /** Another tile was dropped here. */
  place: (tile: TileId) => void;
  isFirst: boolean;
  isLast: boolean;
}

interface TileProps {
  id: TileId;
  /** Given while tiles are being arranged. */
  arranging: Arranging | null;
  children: ReactNode;
}

const KIND = 'text/x-tile';
const BUTTON = 'inline-flex h-8 w-8 items-center justify-center rounded text-muted hover:bg-raised hover:text-text disabled:opacity-30';

/** One tile in its place; while tiles are arranged it can be moved by buttons or dragged, and hidden. */
export function Tile({ id, arranging, children }: TileProps) {
  const name = TILE_NAMES[id];
  const [isOver, setIsOver] = useState(false);
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(KIND)) return;
    event.preventDefault();
    setIsOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const tile = event.dataTransfer.getData(KIND);
    if (arranging && tile in SPANS) arranging.place(tile as TileId);
  };
  return (
    <section
      aria-labelledby={`tile-${id}`}
      data-tile={id}
      className={cx('card flex min-w-0 flex-col gap-3 p-4', SPANS[id], arranging && 'border-dashed border-accent', arranging && isOver && 'bg-raised')}
      onDragOver={arranging ? over : undefined}
      onDragLeave={arranging ? () => setIsOver(false) : undefined}
      onDrop={arranging ? drop : undefined}
    >
      {arranging && (
        <div draggable onDragStart={(event) => event.dataTransfer.setData(KIND, id)} className="-mx-2 -mt-2 flex cursor-grab items-center gap-1 rounded bg-raised px-2 py-1 text-12 text-muted active:cursor-grabbing">
          <GripVertical className="icon" aria-hidden />
          <span className="mr-auto">{name}</span>
          <button type="button" className={BUTTON} disabled={arranging.isFirst} aria-label={`${name}: earlier`} onClick={() => arranging.move(-1)}>
            <ChevronLeft className="icon" aria-hidden />
          </button>
          <button type="button" className={BUTTON} disabled={arranging.isLast} aria-label={`${name}: later`} onClick={() => arranging.move(1)}>
            <ChevronRight className="icon" aria-hidden />
          </button>
          <button type="button" className={BUTTON} aria-label={`Hide ${name}`} onClick={arranging.hide}>
            <EyeOff className="icon" aria-hidden />
          </button>
        </div>
      )}
      {children}
    </section>
  );
}

interface TileHeadProps {
  id: TileId;
  /** The page that shows all of it. */
  whole: { path: string; query?: Record<string, string> };
  children?: ReactNode;
}

/** The heading of a tile, what stands beside it, and the way to the page that shows all of it. */
export function TileHead({ id, whole, children }: TileHeadProps) {
  return (
    <div className="flex min-h-8 flex-wrap items-start justify-between gap-x-3 gap-y-1">
      <h2 id={`tile-${id}`} className="flex h-8 items-center text-14 font-semibold">
        {TILE_NAMES[id]}
      </h2>
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-end gap-2 text-13">
        {children}
        <DeskLink path={whole.path} query={whole.query} className="control w-8 justify-center px-0 text-muted" aria-label={`Open ${TILE_NAMES[id].toLowerCase()} as a page`}>
          <ArrowUpRight className="icon" aria-hidden />
        </DeskLink>
      </div>
    </div>
  );
}
