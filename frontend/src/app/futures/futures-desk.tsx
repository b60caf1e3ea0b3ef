'use client';

import { FuturesBoard } from '@/features/futures-board/board';
import { useQuery } from '@/ui/use-query';
import { ProductView } from './product-view';

/** The board, or one product of it when the address names a root. */
export function FuturesDesk() {
  const { query } = useQuery();
  const root = query.get('root');
  return root ? <ProductView key={root} root={root.toUpperCase()} /> : <FuturesBoard />;
}
