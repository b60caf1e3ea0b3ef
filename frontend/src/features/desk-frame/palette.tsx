'use client';

import * as Dialog from '@radix-ui/react-dialog';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { PAGES } from '@/config/desk';
import { sourceWords } from '@/lib/terms';
import { deskAddress } from '@/ui/desk-link';
import { pageOfInstrument, paletteScore } from './model';

const ITEM = 'flex h-9 cursor-pointer items-center gap-3 rounded px-3 text-13 data-[selected=true]:bg-raised';
const GROUP = '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-2 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-muted';

/** Every page, product and instrument, a few letters away. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const { asOf } = useAsOf();
  const [words, setWords] = useState('');
  const asked = useSettled(words.trim());
  const products = useGet('/api/v1/futures', { query: { as_of: asOf } });
  const underlyings = useGet('/api/v1/options', { query: { as_of: asOf } });
  const found = useGet(asked.length >= 2 ? '/api/v1/instruments' : null, { query: { q: asked, limit: 20 } }, { keep: true });

  const go = (path: string, query: Record<string, string> = {}) => {
    router.push(deskAddress(path, query, asOf ?? null));
    onClose();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-background/70" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed left-1/2 top-[12vh] z-50 w-[min(560px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded border border-line bg-surface shadow-float"
        >
          <Dialog.Title className="sr-only">Search pages, products and instruments</Dialog.Title>
          <Command label="Search" filter={paletteScore}>
      <Command.Input value={words} onValueChange={setWords} placeholder="Search a page, product or symbol" className="h-12 w-full border-b border-line bg-transparent px-4 text-16 outline-none placeholder:text-muted focus-visible:outline-none" />
      <Command.List className="max-h-[50vh] overflow-y-auto p-2">
        <Command.Empty className="px-3 py-8 text-center text-13 text-muted">
          {found.state === 'loading' ? 'Searching' : 'Nothing by that name. Try a root such as CL, or part of a symbol.'}
        </Command.Empty>
        <Command.Group heading="Pages" className={GROUP}>
          {PAGES.map((page) => (
            <Command.Item key={page.path} className={ITEM} value={`${page.name} page`} keywords={page.words.split(' ')} onSelect={() => go(page.path)}>
              {page.name}
            </Command.Item>
          ))}
        </Command.Group>
        {products.state === 'ready' && (
          <Command.Group heading="Futures" className={GROUP}>
            {products.data.items.map((product) => (
              <Command.Item key={`${product.root} ${product.source}`} className={ITEM} value={`${product.root} ${product.name} future ${product.source}`} onSelect={() => go('/futures', { root: product.root })}>
                <span className="w-16 font-medium">{product.root}</span>
                <span className="truncate text-muted">{product.name}</span>
                <span className="ml-auto text-12 text-muted">{sourceWords(product.source)}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {underlyings.state === 'ready' && (
          <Command.Group heading="Option chains" className={GROUP}>
            {underlyings.data.items.map((item) => (
              <Command.Item key={`${item.underlying} ${item.source}`} className={ITEM} value={`${item.underlying} option chain ${item.source}`} onSelect={() => go('/options', { underlying: item.underlying })}>
                <span className="w-16 font-medium">{item.underlying}</span>
                <span className="truncate text-muted">Option chain</span>
                <span className="ml-auto text-12 text-muted">{sourceWords(item.source)}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {found.state === 'ready' && (
          <Command.Group heading="Instruments" className={GROUP}>
            {found.data.items.map((instrument) => {
              const page = pageOfInstrument(instrument);
              return (
                page && (
                  <Command.Item key={`${instrument.symbol} ${instrument.source}`} className={ITEM} value={`${instrument.symbol} ${instrument.source_symbol} ${instrument.source}`} onSelect={() => go(page.path, page.query)}>
                    <span className="truncate font-medium">{instrument.symbol}</span>
                    <span className="ml-auto flex-none text-12 text-muted">
                      {instrument.kind} · {sourceWords(instrument.source)}
                    </span>
                  </Command.Item>
                )
              );
            })}
          </Command.Group>
        )}
      </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What was typed, once the typing rests for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 180);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
