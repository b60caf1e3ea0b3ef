'use client';

import dynamic from 'next/dynamic';
import type { ComponentPropsWithoutRef, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { whenIdle } from '@/lib/when-idle';

const fetchPanel = () => import('./popup-panel');
const PopupPanel = dynamic(fetchPanel, { ssr: false });

interface PopupProps {
  /** The button that opens it: its class, name and what it shows. */
  button: ComponentPropsWithoutRef<'button'> & { 'data-tour'?: string };
  /** What the panel is called. */
  label: string;
  align?: 'start' | 'end';
  className: string;
  /** Given together, whoever uses it holds whether it is open. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

/**
 * A button with a panel that hangs from it. What places the panel is fetched once the page is idle, so that no page
 * waits for it, and an outage later does not keep it shut.
 */
export function Popup({ button, label, align = 'end', className, open: given, onOpenChange, children }: PopupProps) {
  const [own, setOwn] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => whenIdle(() => void fetchPanel()), []);
  const open = given ?? own;
  const turn = onOpenChange ?? setOwn;
  return (
    <>
      <button {...button} ref={anchor} type="button" aria-haspopup="dialog" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => turn(!open)} />
      {open && (
        <PopupPanel id={id} anchor={anchor} label={label} align={align} className={className} onClose={() => turn(false)}>
          {children}
        </PopupPanel>
      )}
    </>
  );
}
