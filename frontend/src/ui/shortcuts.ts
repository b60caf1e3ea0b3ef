'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';

/** One key for one action. */
export interface Shortcut {
  /** As it is pressed: `g`, `[`, `?`, `Enter`; `o f` for one after the other; `Mod+k` for Ctrl or ⌘ with k. */
  keys: string;
  /** What it does, as a person reads it: `Next expiry`. */
  words: string;
  run: () => void;
}

export interface ShortcutGroup {
  /** Where they work: `Everywhere`, `Option chain`. */
  name: string;
  shortcuts: ReadonlyArray<Pick<Shortcut, 'keys' | 'words'>>;
}

interface Entry {
  name: string;
  shortcuts: readonly Shortcut[];
}

const SEQUENCE_MS = 1_500;
/** The latest last: what a page has registered goes before what the frame has. */
let entries: readonly Entry[] = [];
let groups: readonly ShortcutGroup[] = [];
let begun: { key: string; at: number } | null = null;
const listeners = new Set<() => void>();

/**
 * Registers keys while the component is on the page; the map behind `?` shows them under `group`.
 * They rest while somebody writes in a field or a dialog has the focus, except those with `Mod`.
 */
export function useShortcuts(group: string, shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const text = shortcuts.map(({ keys, words }) => `${keys}\t${words}`).join('\n');
  useEffect(() => {
    if (text === '') return;
    const entry: Entry = {
      name: group,
      shortcuts: text.split('\n').map((line, index) => {
        const [keys = '', words = ''] = line.split('\t');
        return { keys, words, run: () => latest.current[index]?.run() };
      }),
    };
    return register(entry);
  }, [group, text]);
}

/** All that can be pressed here, by group; groups of one name stand together. */
export function useShortcutGroups(): readonly ShortcutGroup[] {
  return useSyncExternalStore(subscribe, () => groups, () => groups);
}

/** Runs what a pressed key stands for; tells whether it stood for anything. */
export function press(event: KeyboardEvent, now = Date.now()): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const isMod = event.ctrlKey || event.metaKey;
  if (event.altKey || (!isMod && isBusy(event.target))) return false;
  const key = event.key.length === 1 && isMod ? `Mod+${event.key.toLowerCase()}` : event.key;
  const before = begun && now - begun.at < SEQUENCE_MS ? begun.key : null;
  begun = null;
  const found = (before !== null ? find(`${before} ${key}`) : undefined) ?? find(key);
  if (found) {
    event.preventDefault();
    found.run();
    return true;
  }
  if (all().some((each) => each.keys.startsWith(`${key} `))) begun = { key, at: now };
  return false;
}

const all = () => entries.flatMap((entry) => entry.shortcuts);
const find = (keys: string) => [...all()].reverse().find((each) => each.keys === keys);

/** Whether keys belong to a field that is being written in, or to a dialog that is open. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isText = target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return isText || target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role=dialog], [role=alertdialog]') !== null;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function register(entry: Entry): () => void {
  if (entries.length === 0) document.addEventListener('keydown', onKey);
  become([...entries, entry]);
  return () => {
    become(entries.filter((each) => each !== entry));
    if (entries.length === 0) document.removeEventListener('keydown', onKey);
  };
}

const onKey = (event: KeyboardEvent) => void press(event);

function become(next: readonly Entry[]): void {
  entries = next;
  const names = [...new Set(next.map((entry) => entry.name))];
  groups = names.map((name) => ({ name, shortcuts: dedupe(next.filter((entry) => entry.name === name).flatMap((entry) => entry.shortcuts)) }));
  listeners.forEach((listener) => listener());
}

function dedupe(shortcuts: readonly Shortcut[]): readonly Shortcut[] {
  return shortcuts.filter((each, index) => shortcuts.findIndex((other) => other.keys === each.keys && other.words === each.words) === index);
}
