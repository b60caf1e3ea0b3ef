/** A surface seen from an angle: where each point falls on the picture, and in which order its patches are painted. Pure. */

export interface View {
  /** Turn around the upright axis, and height of the eye above the floor; radians. */
  turn: number;
  tilt: number;
  zoom: number;
}

export interface Placed {
  x: number;
  y: number;
  /** Away from the eye; what is further is painted first. */
  depth: number;
}

export interface Place3 {
  /** Across and along, from -1 to 1; up, from 0 to 1. */
  x: number;
  y: number;
  z: number;
}

export interface Patch {
  corners: readonly [Placed, Placed, Placed, Placed];
  depth: number;
  value: number;
}

export const STANDARD_VIEW: View = { turn: -0.7, tilt: 0.5, zoom: 1 };
const HEIGHT = 1.15;
const PERSPECTIVE = 0.12;
/** Room for the words left and right of the floor, whose corners reach the root of two from its middle. */
const BESIDE = 92;

/** The view after turning it; the eye stays above the floor and never quite overhead. */
export function turned(view: View, by: Partial<View>): View {
  const full = 2 * Math.PI;
  const turn = (((view.turn + (by.turn ?? 0)) % full) + full) % full;
  return {
    turn: turn > Math.PI ? turn - full : turn,
    tilt: Math.min(1.45, Math.max(0.05, view.tilt + (by.tilt ?? 0))),
    zoom: Math.min(2.5, Math.max(0.6, view.zoom * (by.zoom ?? 1))),
  };
}

/** What puts a point of the cube onto a picture of this size. */
export function projector(view: View, width: number, height: number): (place: Place3) => Placed {
  const [sinTurn, cosTurn] = [Math.sin(view.turn), Math.cos(view.turn)];
  const [sinTilt, cosTilt] = [Math.sin(view.tilt), Math.cos(view.tilt)];
  const scale = Math.max(1, Math.min(width / 3.3, (width - BESIDE) / (2 * Math.SQRT2), height / 3)) * view.zoom;
  return ({ x, y, z }) => {
    const across = x * cosTurn - y * sinTurn;
    const along = x * sinTurn + y * cosTurn;
    const up = (z - 0.5) * HEIGHT;
    const depth = along * cosTilt - up * sinTilt;
    const size = scale / (1 + PERSPECTIVE * depth);
    return { x: width / 2 + across * size, y: height / 2 - (up * cosTilt + along * sinTilt) * size, depth };
  };
}

/** Where along an axis from -1 to 1 a value stands. */
export function along(values: readonly number[]): (value: number) => number {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  return (value) => (span > 0 ? (2 * (value - low)) / span - 1 : 0);
}

/** Patches between neighbouring rows and columns, farthest first; one with an unknown corner is a hole. */
export function patches(placed: ReadonlyArray<ReadonlyArray<Placed | null>>, values: ReadonlyArray<ReadonlyArray<number | null>>): Patch[] {
  const found: Patch[] = [];
  for (let row = 0; row + 1 < placed.length; row += 1) {
    for (let column = 0; column + 1 < (placed[row]?.length ?? 0); column += 1) {
      const corners = [placed[row]?.[column], placed[row]?.[column + 1], placed[row + 1]?.[column + 1], placed[row + 1]?.[column]];
      const [a, b, c, d] = corners;
      if (!a || !b || !c || !d) continue;
      const heights = [values[row]?.[column], values[row]?.[column + 1], values[row + 1]?.[column + 1], values[row + 1]?.[column]];
      const value = heights.reduce<number>((sum, each) => sum + (each ?? 0), 0) / 4;
      found.push({ corners: [a, b, c, d], depth: (a.depth + b.depth + c.depth + d.depth) / 4, value });
    }
  }
  return found.sort((one, other) => other.depth - one.depth);
}

/** The row and column of the point nearest to a place on the picture, within `reach`; nearer to the eye wins a tie. */
export function nearestOf(placed: ReadonlyArray<ReadonlyArray<Placed | null>>, x: number, y: number, reach = 48): { row: number; column: number } | null {
  let best: { row: number; column: number } | null = null;
  let least = reach * reach;
  placed.forEach((line, row) =>
    line.forEach((point, column) => {
      if (!point) return;
      const distance = (point.x - x) ** 2 + (point.y - y) ** 2 + point.depth * 4;
      if (distance < least) {
        least = distance;
        best = { row, column };
      }
    }),
  );
  return best;
}

/** Rows between the rows: `parts` steps from each to the next, by a way of mixing two cells. */
export function refined(rows: ReadonlyArray<ReadonlyArray<number | null>>, parts: number, mix: (row: number, share: number, from: number, to: number) => number): Array<Array<number | null>> {
  return rows.flatMap((row, index) => {
    const next = rows[index + 1];
    if (!next) return [[...row]];
    return Array.from({ length: parts }, (_, step) =>
      row.map((from, column) => {
        const to = next[column];
        if (step === 0) return from;
        return from === null || to === null || to === undefined ? null : mix(index, step / parts, from, to);
      }),
    );
  });
}
