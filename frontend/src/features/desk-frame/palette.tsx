'use client';

import * as Dialog from '@radix-ui/react-dialog';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { usePreference } from '@/api/preferences';
import { useAsOf } from '@/api/use-as-of';
import { useGet } from '@/api/use-get';
import { FOOT_PAGES, PAGES } from '@/config/desk';
import { sourceWords } from '@/lib/terms';
import { deskAddress } from '@/ui/desk-link';
import { useSettled } from '@/ui/use-settled';
import type { Recent } from './model';
import { pageOfInstrument, paletteScore, recentFrom, withRecent } from './model';
import { useActions } from './use-actions';

const NOTHING: Recent[] = [];

interface PaletteProps {
  onClose: () => void;
  showKeys: () => void;
  startTour?: (() => void) | undefined;
}

/** Every page, product, instrument and action, a few letters away; what was opened lately comes first. */
export default function Palette({ onClose, showKeys, startTour }: PaletteProps) {
  const router = useRouter();
  const { asOf } = useAsOf();
  const [words, setWords] = useState('');
  const [recent, setRecent] = usePreference('palette.recent', NOTHING, recentFrom);
  const asked = useSettled(words.trim());
  const products = useGet('/api/v1/futures', { query: { as_of: asOf } });
  const underlyings = useGet('/api/v1/options', { query: { as_of: asOf } });
  const found = useGet(asked.length >= 2 ? '/api/v1/instruments' : null, { query: { q: asked, limit: 20 } }, { keep: true });
  const actions = useActions(showKeys, startTour);

  const go = (name: string, path: string, query: Record<string, string> = {}) => {
    setRecent((was) => withRecent(was, { name, path, query }));
    router.push(deskAddress(path, query, asOf ?? null));
    onClose();
  };
  const act = (run: () => void) => {
    onClose();
    run();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-background/70" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed left-1/2 top-[12vh] z-50 w-[min(560px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded border border-line bg-surface shadow-float"
        >
          <Dialog.Title className="sr-only">Search pages, products, instruments and actions</Dialog.Title>
          <Command label="Search" filter={paletteScore}>
            <Command.Input
              value={words}
              onValueChange={setWords}
              placeholder="Search a page, symbol or action"
              className="h-12 w-full border-b border-line bg-transparent px-4 text-16 outline-none placeholder:text-muted focus-visible:outline-none"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-2">
              <Command.Empty className="px-3 py-8 text-center text-13 text-muted">
                {found.state === 'loading' || asked !== words.trim() ? 'Searching' : 'Nothing by that name. Try a root such as CL, or part of a symbol.'}
              </Command.Empty>
              {recent.length > 0 && words === '' && (
                <Group heading="Lately">
                  {recent.map(({ name, path, query }) => (
                    <Entry key={name} value={`lately ${name}`} name={name} onSelect={() => go(name, path, query)} />
                  ))}
                </Group>
              )}
              <Group heading="Pages">
                {[...PAGES, ...FOOT_PAGES].map((page) => (
                  <Entry key={page.path} value={`${page.name} page`} keywords={page.words.split(' ')} name={page.name} keys={`o ${page.letter}`} onSelect={() => go(page.name, page.path)} />
                ))}
              </Group>
              {products.state === 'ready' && (
                <Group heading="Futures">
                  {products.data.items.map((product) => (
                    <Entry
                      key={`${product.root} ${product.source}`}
                      value={`${product.root} ${product.name} future ${product.source}`}
                      symbol={product.root}
                      name={product.name ?? ''}
                      aside={sourceWords(product.source)}
                      onSelect={() => go(`${product.root} futures`, '/futures', { root: product.root })}
                    />
                  ))}
                </Group>
              )}
              {underlyings.state === 'ready' && (
                <Group heading="Option chains">
                  {underlyings.data.items.map((item) => (
                    <Entry
                      key={`${item.underlying} ${item.source}`}
                      value={`${item.underlying} option chain ${item.source}`}
                      symbol={item.underlying}
                      name="Option chain"
                      aside={sourceWords(item.source)}
                      onSelect={() => go(`${item.underlying} option chain`, '/options', { underlying: item.underlying })}
                    />
                  ))}
                </Group>
              )}
              {found.state === 'ready' && (
                <Group heading="Instruments">
                  {found.data.items.map((instrument) => {
                    const page = pageOfInstrument(instrument);
                    if (!page) return null;
                    const { symbol, source } = instrument;
                    return (
                      <Entry
                        key={`${symbol} ${source}`}
                        value={`${symbol} ${instrument.source_symbol} ${source}`}
                        name={symbol}
                        isSymbol
                        aside={`${instrument.kind} · ${sourceWords(source)}`}
                        onSelect={() => go(symbol, page.path, page.query)}
                      />
                    );
                  })}
                </Group>
              )}
              <Group heading="Actions">
                {actions.map((action) => (
                  <Entry key={action.id} value={`${action.name} action`} keywords={action.words.split(' ')} name={action.name} onSelect={() => act(action.run)} />
                ))}
              </Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group heading={heading} className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-2 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-muted">
      {children}
    </Command.Group>
  );
}

interface EntryProps {
  value: string;
  keywords?: string[];
  symbol?: string;
  name: string;
  isSymbol?: boolean;
  aside?: string;
  keys?: string;
  onSelect: () => void;
}

function Entry({ value, keywords, symbol, name, isSymbol = false, aside, keys, onSelect }: EntryProps) {
  return (
    <Command.Item value={value} keywords={keywords} onSelect={onSelect} className="flex h-9 cursor-pointer items-center gap-3 rounded px-3 text-13 data-[selected=true]:bg-raised">
      {symbol && <span className="w-16 flex-none font-medium">{symbol}</span>}
      <span className={symbol ? 'truncate text-muted' : isSymbol ? 'truncate font-medium' : 'truncate'}>{name}</span>
      {aside && <span className="ml-auto flex-none text-12 text-muted">{aside}</span>}
      {keys && <span className="ml-auto flex-none text-12 text-muted max-md:hidden">{keys}</span>}
    </Command.Item>
  );
}
