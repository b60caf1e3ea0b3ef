'use client';

import { formatSigned, THIN_SPACE } from '@/lib/format';
import { writePrice } from '@/lib/quote';
import { Change } from '@/ui/change';
import { DeskLink } from '@/ui/desk-link';
import { Explained } from '@/ui/hint';
import { TERMS } from '@/lib/terms';
import type { Product } from './model';
import { movers } from './model';
import { TileHead } from './tile';

/** The front contracts that rose and fell most since their last settlement. */
export function MoversTile({ products }: { products: readonly Product[] }) {
  const { up, down } = movers(products);
  return (
    <>
      <TileHead id="movers" whole={{ path: '/futures' }}>
        <Explained hint={TERMS.change} className="text-12 text-muted">
          since the settlement before
        </Explained>
      </TileHead>
      {up.length + down.length === 0 ? (
        <p className="text-13 text-muted">Nothing has moved, or no settlement of the day before is known yet.</p>
      ) : (
        <div className="flex flex-col gap-3 sm:flex-row sm:gap-6 xl:flex-col xl:gap-3 2xl:flex-row 2xl:gap-6">
          <Ranking name="Up" products={up} />
          <Ranking name="Down" products={down} />
        </div>
      )}
    </>
  );
}

function Ranking({ name, products }: { name: string; products: readonly Product[] }) {
  return (
    <div className="min-w-0 flex-1">
      <h3 className="pb-1 text-12 font-medium text-muted">{name}</h3>
      {products.length === 0 && <p className="text-13 text-muted">None</p>}
      <ol aria-label={`Movers ${name.toLowerCase()}`}>
        {products.map((product) => (
          <li key={`${product.root} ${product.source}`} className="num flex h-8 items-center gap-3 border-b border-line text-13 last:border-b-0">
            <DeskLink path="/futures" query={{ root: product.root }} className="w-12 truncate font-semibold hover:text-accent" title={product.name ?? undefined}>
              {product.root}
            </DeskLink>
            <span className="ml-auto text-muted">{product.front ? writePrice(product.front.quote, product.tick) : null}</span>
            <Change value={product.front?.quote.change_pct} text={`${formatSigned(product.front?.quote.change_pct ?? 0, 2)}${THIN_SPACE}%`} className="w-[68px] text-right" />
          </li>
        ))}
      </ol>
    </div>
  );
}
