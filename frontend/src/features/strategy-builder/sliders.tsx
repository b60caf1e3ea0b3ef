'use client';

import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { formatNumber, formatSigned, formatSignedPercent, THIN_SPACE } from '@/lib/format';
import type { Shifts } from './model';
import { dayWords, isShifted, NO_SHIFTS, priceDecimals } from './model';
import type { Evaluation } from './valuation';

/** What if: another price, another volatility, another day. */
export function Sliders({ evaluation, shifts, onChange }: { evaluation: Evaluation; shifts: Shifts; onChange: (shifts: Shifts) => void }) {
  const reference = evaluation.reference?.price ?? 0;
  const horizon = evaluation.horizon?.days ?? 0;
  const step = horizon > 10 ? 1 : horizon > 2 ? 0.25 : 0.05;
  const most = Math.ceil(horizon / step) * step;
  return (
    <div role="group" aria-label="What if" className="card grid gap-x-6 gap-y-3 p-3 sm:grid-cols-3">
      <Slider label="Price" value={shifts.price * 100} min={-30} max={30} step={0.5} onChange={(value) => onChange({ ...shifts, price: value / 100 })}>
        {formatNumber(reference * (1 + shifts.price), priceDecimals(reference))} {shifts.price !== 0 && `(${formatSignedPercent(shifts.price, 1)})`}
      </Slider>
      <Slider label="Volatility" value={shifts.iv * 100} min={-20} max={30} step={0.5} onChange={(value) => onChange({ ...shifts, iv: value / 100 })}>
        {shifts.iv === 0 ? 'as it is' : `${formatSigned(shifts.iv * 100, 1)}${THIN_SPACE}points`}
      </Slider>
      <Slider label="Day" value={shifts.days >= horizon ? most : shifts.days} min={0} max={most} step={step} onChange={(value) => onChange({ ...shifts, days: Math.min(value, horizon) })}>
        {shifts.days === 0 ? 'today' : shifts.days >= horizon ? 'at expiry' : `${dayWords(evaluation.as_of, shifts.days)}, in ${formatNumber(shifts.days, step < 1 ? 2 : 0)}${THIN_SPACE}d`}
      </Slider>
      {isShifted(shifts) && (
        <button type="button" className="control justify-self-start sm:col-span-3" onClick={() => onChange(NO_SHIFTS)}>
          <RotateCcw className="icon" aria-hidden />
          Back to the market as it is
        </button>
      )}
    </div>
  );
}

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
  children: ReactNode;
}

function Slider({ label, value, min, max, step, onChange, children }: SliderProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-2 text-13">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <output htmlFor={id} className="num text-muted">
          {children}
        </output>
      </div>
      <input id={id} type="range" min={min} max={max} step={step} value={value} onChange={(event) => onChange(Number(event.target.value))} className="h-6 w-full accent-[rgb(var(--accent))]" />
    </div>
  );
}
