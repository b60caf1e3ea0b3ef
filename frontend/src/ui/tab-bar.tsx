'use client';

import * as Tabs from '@radix-ui/react-tabs';
import type { ReactNode } from 'react';

export interface Tab<T extends string> {
  value: T;
  label: string;
  content: () => ReactNode;
}

interface TabBarProps<T extends string> {
  label: string;
  tabs: readonly Tab<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** Tabs with one panel drawn at a time. */
export function TabBar<T extends string>({ label, tabs, value, onChange }: TabBarProps<T>) {
  return (
    <Tabs.Root value={value} onValueChange={(next) => onChange(next as T)} activationMode="manual">
      <Tabs.List aria-label={label} className="scroll-x flex gap-1 border-b border-line">
        {tabs.map((tab) => (
          <Tabs.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px h-10 whitespace-nowrap border-b-2 border-transparent px-3 text-13 text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text"
          >
            {tab.label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Content key={tab.value} value={tab.value} className="pt-4">
          {tab.value === value && tab.content()}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
