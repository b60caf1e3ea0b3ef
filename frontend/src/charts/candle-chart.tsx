'use client';

import type { CandlestickData, HistogramData, IChartApi, ISeriesApi, ISeriesMarkersPluginApi, LineData, SeriesMarker, Time, UTCTimestamp } from 'lightweight-charts';
import { CandlestickSeries, createChart, createSeriesMarkers, HistogramSeries, LineSeries, TickMarkType } from 'lightweight-charts';
import { useTheme } from 'next-themes';
import { useEffect, useRef, useState } from 'react';
import { tokenColour } from './theme';

export interface Candle {
  /** Start of the bar, in seconds since 1970 UTC. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number | null;
}

export type TickUnit = 'year' | 'month' | 'day' | 'minute' | 'second';

interface Spot {
  time: number;
  value: number;
}

export interface CandleLine {
  key: string;
  /** The name of a colour of the style sheet. */
  token: string;
  points: readonly Spot[];
}

interface CandleChartProps {
  label: string;
  candles: readonly Candle[];
  decimals: number;
  height?: number;
  /** How long a bar is: whether its axis has a clock, and seconds. */
  unit: 'second' | 'minute' | 'day';
  formatTick: (time: number, unit: TickUnit) => string;
  formatTime: (time: number) => string;
  /** Moments with a name, marked above their bars. */
  marks?: ReadonlyArray<{ time: number; text: string }>;
  /** Lines over the candles, on their scale. */
  lines?: readonly CandleLine[];
  hasVolume?: boolean;
  /** A line in a pane of its own under the candles. */
  below?: CandleLine | null;
  /** Bars whose ground is shaded. */
  shaded?: readonly number[];
  onFocus?: (candle: Candle | null) => void;
}

const NO_MARKS: NonNullable<CandleChartProps['marks']> = [];
const NO_LINES: readonly CandleLine[] = [];
const NO_TIMES: readonly number[] = [];
const UNITS: Record<TickMarkType, TickUnit> = { [TickMarkType.Year]: 'year', [TickMarkType.Month]: 'month', [TickMarkType.DayOfMonth]: 'day', [TickMarkType.Time]: 'minute', [TickMarkType.TimeWithSeconds]: 'second' };
/** Candles in sight at first; older ones are a drag away. */
const MOST_SHOWN = 160;

interface Drawn {
  chart: IChartApi;
  shade: ISeriesApi<'Histogram'>;
  candles: ISeriesApi<'Candlestick'>;
  /** Joins bars that have a close only. */
  joint: ISeriesApi<'Line'>;
  lines: ISeriesApi<'Line'>[];
  volume: ISeriesApi<'Histogram'> | null;
  below: ISeriesApi<'Line'> | null;
  marks: ISeriesMarkersPluginApi<Time>;
  fitted: boolean;
}

const QUIET = { lastValueVisible: false, priceLineVisible: false } as const;
const at = (time: number) => time as UTCTimestamp;
const spots = (points: readonly Spot[]) => points.map(({ time, value }): LineData => ({ time: at(time), value }));

function begin(box: HTMLElement, lineCount: number, hasVolume: boolean, hasBelow: boolean): Drawn {
  const chart = createChart(box, {
    autoSize: true,
    layout: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12, panes: { enableResize: false } },
    rightPriceScale: { scaleMargins: { top: 0.08, bottom: 0.06 } },
    handleScale: { axisPressedMouseMove: true },
  });
  const shade = chart.addSeries(HistogramSeries, { ...QUIET, priceScaleId: 'shade', autoscaleInfoProvider: () => ({ priceRange: { minValue: 0, maxValue: 1 } }) });
  chart.priceScale('shade').applyOptions({ scaleMargins: { top: 0, bottom: 0 } });
  const candles = chart.addSeries(CandlestickSeries, { borderVisible: true });
  const joint = chart.addSeries(LineSeries, { ...QUIET, lineWidth: 2, crosshairMarkerVisible: false });
  const lines = Array.from({ length: lineCount }, () => chart.addSeries(LineSeries, { ...QUIET, lineWidth: 2, crosshairMarkerVisible: false }));
  const volume = hasVolume ? chart.addSeries(HistogramSeries, { ...QUIET, priceFormat: { type: 'volume' } }, 1) : null;
  const below = hasBelow ? chart.addSeries(LineSeries, { ...QUIET, lineWidth: 2, priceFormat: { type: 'volume' } }, hasVolume ? 2 : 1) : null;
  chart.panes().forEach((pane, index) => pane.setStretchFactor(index === 0 ? 4 : 1));
  return { chart, shade, candles, joint, lines, volume, below, marks: createSeriesMarkers(candles, []), fitted: false };
}

function colour({ chart, candles, joint, shade }: Drawn): void {
  const up = tokenColour('up');
  const down = tokenColour('down');
  chart.applyOptions({
    layout: { background: { color: 'transparent' }, textColor: tokenColour('muted'), panes: { separatorColor: tokenColour('line') } },
    grid: { vertLines: { color: tokenColour('line', 0.5) }, horzLines: { color: tokenColour('line', 0.5) } },
    timeScale: { borderColor: tokenColour('line') },
    rightPriceScale: { borderColor: tokenColour('line') },
  });
  joint.applyOptions({ color: tokenColour('accent') });
  shade.applyOptions({ color: tokenColour('muted', 0.12) });
  // A rising bar is hollow: direction is read without its colour.
  candles.applyOptions({ upColor: tokenColour('surface'), borderUpColor: up, wickUpColor: up, downColor: down, borderDownColor: down, wickDownColor: down });
}

function fill(drawn: Drawn, props: CandleChartProps): void {
  const { candles, decimals, lines = NO_LINES, below, shaded = NO_TIMES, marks = NO_MARKS } = props;
  drawn.candles.applyOptions({ priceFormat: { type: 'price', precision: decimals, minMove: 10 ** -decimals } });
  drawn.candles.setData(candles.map(({ time, open, high, low, close }): CandlestickData => ({ time: at(time), open, high, low, close })));
  const flat = candles.every((candle) => candle.high === candle.low);
  drawn.joint.setData(flat ? candles.map(({ time, close }): LineData => ({ time: at(time), value: close })) : []);
  drawn.shade.setData(shaded.map((time): HistogramData => ({ time: at(time), value: 1 })));
  drawn.lines.forEach((series, index) => {
    series.applyOptions({ color: tokenColour(lines[index]?.token ?? 'muted') });
    series.setData(spots(lines[index]?.points ?? []));
  });
  drawn.volume?.setData(
    candles.filter((candle) => candle.volume !== null).map((candle): HistogramData => ({ time: at(candle.time), value: candle.volume ?? 0, color: tokenColour(candle.close >= candle.open ? 'up' : 'down', 0.45) })),
  );
  drawn.below?.applyOptions({ color: tokenColour(below?.token ?? 'muted') });
  drawn.below?.setData(spots(below?.points ?? []));
  drawn.marks.setMarkers(marks.map(({ time, text }): SeriesMarker<Time> => ({ time: at(time), text, position: 'aboveBar', shape: 'arrowDown', color: tokenColour('accent') })));
  if (drawn.fitted || candles.length === 0) return;
  drawn.fitted = true;
  drawn.chart.timeScale().setVisibleLogicalRange({ from: Math.max(0, candles.length - MOST_SHOWN) - 0.5, to: candles.length + 2 });
}

/** Candles, with volume and another line in panes below them. Heavy: load it only where it is looked at. */
export default function CandleChart(props: CandleChartProps) {
  const { label, candles, decimals, unit, height = 420, lines = NO_LINES, hasVolume = true, below, shaded, marks, formatTick, formatTime } = props;
  const box = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const { resolvedTheme } = useTheme();
  const latest = useRef(props);
  latest.current = props;
  const hasBelow = Boolean(below);

  useEffect(() => {
    if (!box.current) return;
    const made = begin(box.current, lines.length, hasVolume, hasBelow);
    made.chart.subscribeCrosshairMove(({ time }) => latest.current.onFocus?.(latest.current.candles.find((candle) => candle.time === Number(time)) ?? null));
    setDrawn(made);
    return () => {
      setDrawn(null);
      made.chart.remove();
    };
  }, [lines.length, hasVolume, hasBelow]);

  useEffect(() => {
    // The words of the axis are kept by the chart until it is told of other ones.
    drawn?.chart.applyOptions({
      timeScale: { timeVisible: unit !== 'day', secondsVisible: unit === 'second', tickMarkFormatter: (time: Time, type: TickMarkType) => formatTick(Number(time), UNITS[type]) },
      localization: { timeFormatter: (time: Time) => formatTime(Number(time)) },
    });
  }, [drawn, unit, formatTick, formatTime]);

  useEffect(() => {
    if (!drawn) return;
    // The theme's class lands on the document in the same turn; its tokens are read after that.
    const frame = requestAnimationFrame(() => {
      colour(drawn);
      fill(drawn, latest.current);
    });
    return () => cancelAnimationFrame(frame);
  }, [drawn, candles, marks, lines, below, shaded, decimals, resolvedTheme]);

  return <div ref={box} role="figure" aria-label={label} style={{ height }} />;
}
