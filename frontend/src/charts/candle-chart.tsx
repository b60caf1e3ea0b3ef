'use client';

import type { CandlestickData, HistogramData, IChartApi, ISeriesApi, ISeriesMarkersPluginApi, LineData, Time, UTCTimestamp } from 'lightweight-charts';
import { CandlestickSeries, createChart, createSeriesMarkers, HistogramSeries, LineSeries } from 'lightweight-charts';
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

interface CandleChartProps {
  label: string;
  candles: readonly Candle[];
  decimals: number;
  height?: number;
  /** Bars of a day carry no clock. */
  intraday: boolean;
  /** Seconds added to the clock of the axis, for a zone other than UTC. */
  offsetSeconds?: number;
  /** Moments with a name, marked above their bars. */
  marks?: ReadonlyArray<{ time: number; text: string }>;
  onFocus?: (candle: Candle | null) => void;
}

const NO_MARKS: ReadonlyArray<{ time: number; text: string }> = [];

interface Drawn {
  chart: IChartApi;
  candles: ISeriesApi<'Candlestick'>;
  /** Joins bars that have a close only. */
  line: ISeriesApi<'Line'>;
  volume: ISeriesApi<'Histogram'>;
  marks: ISeriesMarkersPluginApi<Time>;
}

/** Candles in sight at first; older ones are a drag away. */
const MOST_SHOWN = 160;

function applyColours({ chart, candles, line }: Drawn): void {
  const up = tokenColour('up');
  const down = tokenColour('down');
  chart.applyOptions({
    layout: { background: { color: 'transparent' }, textColor: tokenColour('muted') },
    grid: { vertLines: { color: tokenColour('line', 0.5) }, horzLines: { color: tokenColour('line', 0.5) } },
    timeScale: { borderColor: tokenColour('line') },
    rightPriceScale: { borderColor: tokenColour('line') },
  });
  line.applyOptions({ color: tokenColour('accent') });
  // A rising bar is hollow: direction is read without its colour.
  candles.applyOptions({ upColor: tokenColour('surface'), borderUpColor: up, wickUpColor: up, downColor: down, borderDownColor: down, wickDownColor: down });
}

/** Candles over volume. Heavy: load it only where it is looked at. */
export default function CandleChart({ label, candles, decimals, height = 380, intraday, offsetSeconds = 0, marks = NO_MARKS, onFocus }: CandleChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const { resolvedTheme } = useTheme();
  const shown = useRef({ candles, onFocus, offsetSeconds, fitted: '' });
  shown.current.candles = candles;
  shown.current.onFocus = onFocus;
  shown.current.offsetSeconds = offsetSeconds;

  useEffect(() => {
    if (!box.current) return;
    const chart = createChart(box.current, {
      autoSize: true,
      layout: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 },
      rightPriceScale: { scaleMargins: { top: 0.08, bottom: 0.22 } },
      handleScale: { axisPressedMouseMove: true },
    });
    const candleSeries = chart.addSeries(CandlestickSeries, { borderVisible: true });
    const line = chart.addSeries(LineSeries, { lineWidth: 2, lastValueVisible: false, priceLineVisible: false, crosshairMarkerVisible: false });
    const volume = chart.addSeries(HistogramSeries, { priceScaleId: 'volume', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false });
    chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
    chart.subscribeCrosshairMove((event) => {
      const at = event.time === undefined ? undefined : Number(event.time) - shown.current.offsetSeconds;
      shown.current.onFocus?.(shown.current.candles.find((candle) => candle.time === at) ?? null);
    });
    setDrawn({ chart, candles: candleSeries, line, volume, marks: createSeriesMarkers(candleSeries, []) });
    return () => {
      setDrawn(null);
      chart.remove();
    };
  }, []);

  useEffect(() => {
    if (!drawn) return;
    // The theme's class lands on the document in the same turn; its tokens are read after that.
    const frame = requestAnimationFrame(() => applyColours(drawn));
    return () => cancelAnimationFrame(frame);
  }, [drawn, resolvedTheme]);

  useEffect(() => {
    if (!drawn) return;
    const time = (candle: Candle) => (candle.time + offsetSeconds) as UTCTimestamp;
    drawn.candles.applyOptions({ priceFormat: { type: 'price', precision: decimals, minMove: 10 ** -decimals } });
    drawn.chart.applyOptions({ timeScale: { timeVisible: intraday, secondsVisible: false } });
    drawn.candles.setData(candles.map((candle): CandlestickData => ({ time: time(candle), open: candle.open, high: candle.high, low: candle.low, close: candle.close })));
    const flat = candles.every((candle) => candle.high === candle.low);
    drawn.line.setData(flat ? candles.map((candle): LineData => ({ time: time(candle), value: candle.close })) : []);
    drawn.volume.setData(
      candles.filter((candle) => candle.volume !== null).map((candle): HistogramData => ({ time: time(candle), value: candle.volume ?? 0, color: tokenColour(candle.close >= candle.open ? 'up' : 'down', 0.35) })),
    );
    drawn.marks.setMarkers(marks.map(({ time: at, text }) => ({ time: (at + offsetSeconds) as UTCTimestamp, text, position: 'aboveBar', shape: 'arrowDown', color: tokenColour('accent') })));
    const first = `${candles[0]?.time} ${intraday}`;
    if (shown.current.fitted !== first) {
      shown.current.fitted = first;
      drawn.chart.timeScale().setVisibleLogicalRange({ from: Math.max(0, candles.length - MOST_SHOWN) - 0.5, to: candles.length + 2 });
    }
  }, [drawn, candles, marks, decimals, intraday, offsetSeconds, resolvedTheme]);

  return <div ref={box} role="img" aria-label={label} style={{ height }} />;
}
