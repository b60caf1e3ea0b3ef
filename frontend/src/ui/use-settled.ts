'use client';

import { useEffect, useState } from 'react';

const REST_MS = 180;

/** What was typed, once the typing rests for a moment. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
