import { extent, linearScale } from '@/lib/scale';

interface SparkProps {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
  /** Which end is marked: the near one of a curve, the last one of a history. */
  mark?: 'first' | 'last';
}

/** A curve small enough for a table cell; the words beside it say what it shows. */
export function Spark({ values, label, width = 88, height = 22, mark = 'first' }: SparkProps) {
  const range = extent(values);
  if (!range || values.length < 2) return <span className="inline-block" style={{ width, height }} aria-hidden />;
  const x = linearScale(0, values.length - 1, 3, width - 3);
  const y = linearScale(range[0], range[1], height - 3, 3);
  const points = values.map((value, index) => `${x.place(index).toFixed(1)},${y.place(value).toFixed(1)}`);
  const marked = points.at(mark === 'first' ? 0 : -1)?.split(',') ?? [];
  return (
    <svg width={width} height={height} role="img" aria-label={label} className="inline-block align-middle">
      <polyline points={points.join(' ')} fill="none" stroke="rgb(var(--accent))" strokeWidth={1.5} strokeLinejoin="round" />
      <circle cx={marked[0]} cy={marked[1]} r={2.25} fill="rgb(var(--accent))" />
    </svg>
  );
}
