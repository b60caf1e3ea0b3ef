'use client';

import { LayoutDashboard, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { cx } from '@/lib/cx';
import { Notice } from '@/ui/notice';
import type { Layout, TileId } from './model';
import { movedTile, placedTile, shownTiles, STANDARD, TILE_NAMES, withTile } from './model';
import { Tile } from './tile';

interface DashboardProps {
  layout: Layout;
  change: (next: Layout | undefined | ((was: Layout) => Layout)) => void;
  tiles: Record<TileId, ReactNode>;
}

/** The tiles in the person's own order, and the way to change it. */
export function Dashboard({ layout, change, tiles }: DashboardProps) {
  const [arranges, setArranges] = useState(false);
  const shown = shownTiles(layout);
  const rearrange = (next: (was: Layout) => Layout) => change(next);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-20 font-semibold">Dashboard</h1>
        <button type="button" aria-pressed={arranges} className={cx('control', arranges && 'border-accent text-accent')} onClick={() => setArranges(!arranges)}>
          <LayoutDashboard className="icon" aria-hidden />
          {arranges ? 'Done' : 'Arrange'}
        </button>
      </div>
      {arranges && (
        <div role="group" aria-label="Tiles that are hidden" className="flex flex-wrap items-center gap-2 text-13 text-muted">
          Move tiles with their arrows, or drag them.
          {layout.hidden.map((tile) => (
            <button key={tile} type="button" className="control" onClick={() => rearrange((was) => withTile(was, tile, true))}>
              <Plus className="icon" aria-hidden />
              {TILE_NAMES[tile]}
            </button>
          ))}
          <button type="button" className="control" onClick={() => rearrange((was) => ({ ...was, order: STANDARD.order, hidden: STANDARD.hidden }))}>
            Standard arrangement
          </button>
        </div>
      )}
      {shown.length === 0 && (
        <Notice icon={LayoutDashboard} title="Every tile is hidden">
          Choose Arrange to show them again.
        </Notice>
      )}
      <div className="grid grid-flow-dense grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-6">
        {shown.map((tile, at) => (
          <Tile
            key={tile}
            id={tile}
            arranging={
              arranges
                ? {
                    move: (by) => rearrange((was) => movedTile(was, tile, by)),
                    hide: () => rearrange((was) => withTile(was, tile, false)),
                    place: (other) => rearrange((was) => placedTile(was, other, tile)),
                    isFirst: at === 0,
                    isLast: at === shown.length - 1,
                  }
                : null
            }
          >
            {tiles[tile]}
          </Tile>
        ))}
      </div>
    </div>
  );
}
