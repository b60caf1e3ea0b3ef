'use client';

import { useState } from 'react';
import { usePreference, usePreferencesKnown } from '@/api/preferences';
import { isFlag } from './model';

/** Whether the tour is to be offered or is under way. Who has taken or declined it is not asked again, on any device. */
export function useTour() {
  const [seen, setSeen] = usePreference('tour.seen', false, isFlag);
  const isKnown = usePreferencesKnown();
  const [isUnderWay, setUnderWay] = useState(false);
  return {
    isOffered: isKnown && !seen && !isUnderWay,
    isUnderWay,
    start: () => setUnderWay(true),
    end: () => {
      setUnderWay(false);
      setSeen(true);
    },
  };
}
