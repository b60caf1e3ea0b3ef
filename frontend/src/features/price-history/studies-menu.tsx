'use client';

import { Plus, SlidersHorizontal, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Choose } from '@/ui/choose';
import { Popup } from '@/ui/popup';
import type { Average, Studies } from './model';
import { AVERAGE_NAMES, LONGEST_AVERAGE, lengthFrom, MOST_AVERAGES } from './model';

interface StudiesMenuProps {
  studies: Studies;
  onChange: (change: (was: Studies) => Studies) => void;
}

const KINDS = (['sma', 'ema'] as const).map((value) => ({ value, label: AVERAGE_NAMES[value] }));
const HINTS = {
  volume: 'Contracts traded in each bar, in a pane below.',
  interest: 'Open contracts as last published, in a pane below.',
  sessions: 'Every second trading day is shaded, by the exchange’s hours. Holidays are not looked up.',
  marks: 'When the contract became the front, was rolled out of, first notice and expiry, as far as they lie among the bars.',
};

/** What is drawn beside the candles, to be chosen; kept with the account. */
export function StudiesMenu({ studies, onChange }: StudiesMenuProps) {
  const put = (place: number, average: Average | null) =>
    onChange((was) => ({ ...was, averages: average ? was.averages.map((each, index) => (index === place ? average : each)) : was.averages.filter((_, index) => index !== place) }));
  const check = (name: keyof typeof HINTS, label: ReactNode) => (
    <label className="flex items-center gap-2" data-hint={HINTS[name]}>
      <input type="checkbox" checked={studies[name]} onChange={(event) => onChange((was) => ({ ...was, [name]: event.target.checked }))} />
      {label}
    </label>
  );
  return (
    <Popup
      button={{
        className: 'control',
        children: (
          <>
            <SlidersHorizontal className="icon" aria-hidden />
            Studies
          </>
        ),
      }}
      label="Studies"
      align="start"
      className="w-72 p-4"
    >
      <div className="flex flex-col gap-3">
        {check('volume', 'Volume')}
        {check('interest', 'Open interest')}
        {check('sessions', 'Trading days shaded')}
        {check('marks', 'Rolls and expiry marked')}
        <p className="border-t border-line pt-3 font-medium">Moving averages</p>
        {studies.averages.map((average, place) => (
          <div key={place} className="flex items-center gap-2">
            <Choose label={`Kind of average ${place + 1}`} showLabel={false} choices={KINDS} value={average.kind} onChange={(kind) => put(place, { ...average, kind })} />
            <Length label={`Bars of average ${place + 1}`} value={average.length} onChange={(length) => put(place, { ...average, length })} />
            <button type="button" className="control w-8 justify-center px-0" aria-label={`Take average ${place + 1} away`} onClick={() => put(place, null)}>
              <X className="icon" aria-hidden />
            </button>
          </div>
        ))}
        {studies.averages.length < MOST_AVERAGES && (
          <button type="button" className="control w-fit" onClick={() => onChange((was) => ({ ...was, averages: [...was.averages, { kind: 'sma', length: 20 }] }))}>
            <Plus className="icon" aria-hidden />
            Add an average
          </button>
        )}
        <p className="text-12 text-muted">SMA: the mean of the last closes. EMA: recent closes weigh more, each 2 / (length + 1).</p>
      </div>
    </Popup>
  );
}

/** A whole number, taken when the field is left: half a number is not drawn. */
function Length({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const take = (field: HTMLInputElement) => {
    const length = lengthFrom(field.value) ?? value;
    field.value = String(length);
    if (length !== value) onChange(length);
  };
  return (
    <input
      key={value}
      type="number"
      min={2}
      max={LONGEST_AVERAGE}
      defaultValue={value}
      aria-label={label}
      className="control num w-20"
      onBlur={(event) => take(event.target)}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget)}
    />
  );
}
