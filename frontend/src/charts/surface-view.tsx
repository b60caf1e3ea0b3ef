'use client';

import { useTheme } from 'next-themes';
import type { KeyboardEvent, PointerEvent, WheelEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { extent, niceTicks } from '@/lib/scale';
import { sequentialShade } from '@/lib/ramp';
import type { Place3, Placed, View } from './surface-geometry';
import { along, nearestOf, patches, projector, STANDARD_VIEW, turned } from './surface-geometry';
import { tokenColour } from './theme';
import { useWidth } from './use-width';

export interface Tick {
  at: number;
  text: string;
}

export interface SurfaceGrid {
  /** One for each column, and one for each row, rising. */
  x: readonly number[];
  y: readonly number[];
  z: ReadonlyArray<ReadonlyArray<number | null>>;
}

interface SurfaceViewProps {
  label: string;
  grid: SurfaceGrid;
  xTicks: readonly Tick[];
  yTicks: readonly Tick[];
  xTitle: string;
  yTitle: string;
  formatZ: (z: number) => string;
  height: number;
  /** The row and column whose slices are marked. */
  slice: { row: number; column: number } | null;
  onSlice: (slice: { row: number; column: number }) => void;
}

const TURN = 0.12;
/** From the edge of the floor to the name of its axis, in pixels. */
const TITLE_AWAY = 58;
const KEYS: Record<string, Partial<View>> = {
  ArrowLeft: { turn: -TURN },
  ArrowRight: { turn: TURN },
  ArrowUp: { tilt: TURN },
  ArrowDown: { tilt: -TURN },
  '+': { zoom: 1.1 },
  '=': { zoom: 1.1 },
  '-': { zoom: 1 / 1.1 },
};

/** A surface on a canvas: dragged or turned by arrow keys, its slices follow the pointer. */
export default function SurfaceView(props: SurfaceViewProps) {
  const { label, grid, slice, onSlice } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  // As tall as it is wide at most: on a phone the rest would stay empty.
  const height = width > 0 ? Math.min(props.height, Math.round(width * 1.05)) : props.height;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState(STANDARD_VIEW);
  const drag = useRef<{ x: number; y: number } | null>(null);
  const { resolvedTheme } = useTheme();
  const scene = useMemo(() => placedScene(grid, view, width, height), [grid, view, width, height]);

  useEffect(() => {
    const node = canvas.current;
    if (!node || width === 0) return;
    const frame = requestAnimationFrame(() => {
      const ratio = window.devicePixelRatio || 1;
      node.width = Math.round(width * ratio);
      node.height = Math.round(height * ratio);
      const context = node.getContext('2d');
      if (!context) return;
      context.scale(ratio, ratio);
      paint(context, scene, props);
    });
    return () => cancelAnimationFrame(frame);
  });

  const onMove = (event: PointerEvent<HTMLCanvasElement>) => {
    if (drag.current) {
      const by = { turn: (event.clientX - drag.current.x) * 0.008, tilt: (event.clientY - drag.current.y) * 0.006 };
      drag.current = { x: event.clientX, y: event.clientY };
      setView((was) => turned(was, by));
      return;
    }
    const edge = event.currentTarget.getBoundingClientRect();
    const found = nearestOf(scene.placed, event.clientX - edge.left, event.clientY - edge.top);
    if (found && (found.row !== slice?.row || found.column !== slice.column)) onSlice(found);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Home') setView(STANDARD_VIEW);
    else if (KEYS[event.key]) setView((was) => turned(was, KEYS[event.key] ?? {}));
    else return;
    event.preventDefault();
  };
  const onWheel = (event: WheelEvent) => {
    if (event.ctrlKey) setView((was) => turned(was, { zoom: event.deltaY < 0 ? 1.06 : 1 / 1.06 }));
  };

  return (
    <div ref={box} style={{ height: width > 0 ? height : `min(${height}px, 88vw)` }}>
      {width > 0 && (
        // The picture is turned with the arrow keys; what it shows stands in the slices and the table beside it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <canvas
          ref={canvas}
          // eslint-disable-next-line jsx-a11y/no-interactive-element-to-noninteractive-role
          role="application"
          aria-label={`${label}. Arrow keys turn it, plus and minus change its size, Home puts it back.`}
          data-theme={resolvedTheme}
          data-turn={view.turn.toFixed(3)}
          data-tilt={view.tilt.toFixed(3)}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          style={{ width, height }}
          className="cursor-grab touch-pan-y select-none active:cursor-grabbing"
          onPointerDown={(event) => {
            drag.current = { x: event.clientX, y: event.clientY };
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerUp={() => {
            drag.current = null;
          }}
          onPointerCancel={() => {
            drag.current = null;
          }}
          onPointerMove={onMove}
          onKeyDown={onKey}
          onWheel={onWheel}
        />
      )}
    </div>
  );
}

interface Scene {
  place: (point: Place3) => Placed;
  placed: Array<Array<Placed | null>>;
  x: (value: number) => number;
  y: (value: number) => number;
  z: (value: number) => number;
  range: [number, number];
  view: View;
  width: number;
}

function placedScene(grid: SurfaceGrid, view: View, width: number, height: number): Scene {
  const range = extent(grid.z.flat().filter((value): value is number => value !== null)) ?? [0, 1];
  const place = projector(view, width, height);
  const [x, y] = [along(grid.x), along(grid.y)];
  const z = (value: number) => (range[1] > range[0] ? (value - range[0]) / (range[1] - range[0]) : 0.5);
  const placed = grid.z.map((row, at) => row.map((value, column) => (value === null ? null : place({ x: x(grid.x[column] ?? 0), y: y(grid.y[at] ?? 0), z: z(value) }))));
  return { place, placed, x, y, z, range, view, width };
}

function paint(context: CanvasRenderingContext2D, scene: Scene, props: SurfaceViewProps): void {
  const { grid, slice, xTicks, yTicks, formatZ } = props;
  const muted = tokenColour('muted');
  context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  context.lineJoin = 'round';
  // The sides towards the eye carry the words.
  const nearY = Math.cos(scene.view.turn) > 0 ? -1 : 1;
  const nearX = Math.sin(scene.view.turn) > 0 ? -1 : 1;
  paintFloor(context, scene, xTicks, yTicks);
  for (const { corners, value } of patches(scene.placed, grid.z)) {
    context.fillStyle = sequentialShade(value, ...scene.range).background;
    context.strokeStyle = tokenColour('background', 0.18);
    context.lineWidth = 0.5;
    context.beginPath();
    corners.forEach((corner, index) => (index === 0 ? context.moveTo(corner.x, corner.y) : context.lineTo(corner.x, corner.y)));
    context.closePath();
    context.fill();
    context.stroke();
  }
  if (slice) {
    trace(context, scene.placed[slice.row] ?? [], tokenColour('text'), 2);
    trace(context, scene.placed.map((row) => row[slice.column] ?? null), tokenColour('text'), 2);
    const point = scene.placed[slice.row]?.[slice.column];
    if (point) {
      context.beginPath();
      context.arc(point.x, point.y, 5, 0, 2 * Math.PI);
      context.fillStyle = tokenColour('text');
      context.strokeStyle = tokenColour('surface');
      context.lineWidth = 2;
      context.fill();
      context.stroke();
    }
  }
  context.fillStyle = muted;
  context.textBaseline = 'middle';
  const { width } = scene;
  // No word leaves the picture, however narrow it is.
  const inside = (text: string, x: number) => {
    const long = context.measureText(text).width;
    const before = { left: 0, right: long, center: long / 2 }[context.textAlign as 'left' | 'right' | 'center'];
    return Math.max(before + 2, Math.min(x, width - (long - before) - 2));
  };
  const write = (text: string, from: Place3, outward: Place3, away = 13) => {
    const [at, beyond] = [scene.place(from), scene.place(outward)];
    const length = Math.hypot(beyond.x - at.x, beyond.y - at.y) || 1;
    const dx = (beyond.x - at.x) / length;
    context.textAlign = dx > 0.3 ? 'left' : dx < -0.3 ? 'right' : 'center';
    const wanted = at.x + dx * away;
    const given = inside(text, wanted);
    // A word pushed back to within the picture goes below those it would be written over.
    context.fillText(text, given, at.y + ((beyond.y - at.y) / length) * away + Math.min(30, Math.abs(given - wanted)));
  };
  for (const tick of xTicks) write(tick.text, { x: scene.x(tick.at), y: nearY, z: 0 }, { x: scene.x(tick.at), y: nearY * 1.3, z: 0 });
  for (const tick of yTicks) write(tick.text, { x: nearX, y: scene.y(tick.at), z: 0 }, { x: nearX * 1.3, y: scene.y(tick.at), z: 0 });
  write(props.xTitle, { x: 0, y: nearY, z: 0 }, { x: 0, y: nearY * 1.3, z: 0 }, TITLE_AWAY);
  write(props.yTitle, { x: nearX, y: 0, z: 0 }, { x: nearX * 1.3, y: 0, z: 0 }, TITLE_AWAY);
  // The upright scale stands at the corner furthest to the left.
  const corners = [[-1, -1], [-1, 1], [1, -1], [1, 1]].map(([x = 0, y = 0]) => ({ x, y, at: scene.place({ x, y, z: 0 }) }));
  const left = corners.reduce((best, each) => (each.at.x < best.at.x ? each : best));
  context.textAlign = 'right';
  for (const tick of niceTicks(...scene.range, 4)) {
    const at = scene.place({ x: left.x, y: left.y, z: scene.z(tick) });
    context.fillText(formatZ(tick), inside(formatZ(tick), at.x - 8), at.y);
  }
  trace(context, [0, 1].map((z) => scene.place({ x: left.x, y: left.y, z })), tokenColour('line'), 1);
}

function paintFloor(context: CanvasRenderingContext2D, scene: Scene, xTicks: readonly Tick[], yTicks: readonly Tick[]): void {
  const line = tokenColour('line');
  const floor = (x: number, y: number) => scene.place({ x, y, z: 0 });
  trace(context, [floor(-1, -1), floor(1, -1), floor(1, 1), floor(-1, 1), floor(-1, -1)], line, 1);
  for (const tick of xTicks) trace(context, [floor(scene.x(tick.at), -1), floor(scene.x(tick.at), 1)], line, 0.5);
  for (const tick of yTicks) trace(context, [floor(-1, scene.y(tick.at)), floor(1, scene.y(tick.at))], line, 0.5);
}

function trace(context: CanvasRenderingContext2D, points: ReadonlyArray<Placed | null>, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  let pen = false;
  for (const point of points) {
    if (point && pen) context.lineTo(point.x, point.y);
    else if (point) context.moveTo(point.x, point.y);
    pen = point !== null;
  }
  context.stroke();
}
