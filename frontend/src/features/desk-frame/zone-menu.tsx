'use client';

import { useEffect, useState } from 'react';
import { zoneName } from '@/lib/time';
import { ZONE_CHOICES } from '@/ui/display-choices';
import { useZone, useZoneWish } from '@/ui/preferences';
import { Popup } from '@/ui/popup';
import { Segmented } from '@/ui/segmented';

/** Which clock times are shown by, in a word; and the choice of another. */
export function ZoneMenu() {
  const [wish, setWish] = useZoneWish();
  const [zone] = useZone();
  // What this device's clock is called the server cannot know.
  const [isHere, setIsHere] = useState(false);
  useEffect(() => setIsHere(true), []);
  const words = isHere ? zoneName(zone) : 'UTC';
  return (
    <Popup button={{ className: 'control flex-none px-2 max-lg:hidden', 'aria-label': `Times in ${words}`, children: words }} label="Times" className="flex w-72 flex-col gap-3 p-4">
      <Segmented label="Times" value={wish} onChange={setWish} choices={ZONE_CHOICES} />
      <p className="text-12 text-muted">
        {wish === 'exchange' ? (zone === 'utc' ? 'This page shows no single exchange, so its times are UTC.' : `Times as the clock in ${words} shows them.`) : wish === 'local' ? 'Times as this device shows them.' : 'Times in UTC.'}
      </p>
    </Popup>
  );
}
