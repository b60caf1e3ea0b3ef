'use client';

import { useCallback, useEffect, useState } from 'react';

/** Seconds that are left of a wait, counted down. */
export function useCountdown(): { left: number; waitFor: (seconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (until === 0) return undefined;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(now);
      if (now === 0) setUntil(0);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  const waitFor = useCallback((seconds: number) => {
    setLeft(seconds);
    setUntil(seconds > 0 ? Date.now() + seconds * 1000 : 0);
  }, []);
  return { left, waitFor };
}
