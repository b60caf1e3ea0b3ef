/** Colour as a number: one perceptual ramp for sizes, one diverging ramp through zero. Both read in grey print. */

type Rgb = readonly [number, number, number];

const VIRIDIS: readonly Rgb[] = [
  [68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142],
  [31, 158, 137], [53, 183, 121], [110, 206, 88], [181, 222, 43], [253, 231, 37],
];
const DIVERGING: readonly Rgb[] = [[33, 82, 163], [109, 158, 214], [242, 244, 247], [240, 172, 92], [179, 88, 6]];

function along(ramp: readonly Rgb[], share: number): Rgb {
  const position = Math.min(1, Math.max(0, share)) * (ramp.length - 1);
  const index = Math.min(ramp.length - 2, Math.floor(position));
  const part = position - index;
  const low = ramp[index] ?? [0, 0, 0];
  const high = ramp[index + 1] ?? low;
  const mix = (channel: 0 | 1 | 2) => Math.round(low[channel] + (high[channel] - low[channel]) * part);
  return [mix(0), mix(1), mix(2)];
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

export interface Shade {
  background: string;
  /** Black or white, whichever is read better on it. */
  text: string;
}

function shadeOf(colour: Rgb): Shade {
  const light = luminance(colour);
  const onBlack = (light + 0.05) / 0.05;
  const onWhite = 1.05 / (light + 0.05);
  return { background: `rgb(${colour.join(' ')})`, text: onBlack > onWhite ? '#000000' : '#ffffff' };
}

/** Small to large on the viridis ramp. */
export function sequentialShade(value: number, low: number, high: number): Shade {
  return shadeOf(along(VIRIDIS, high > low ? (value - low) / (high - low) : 0.5));
}

/** Blue below zero, white at zero, orange above, as far out as the largest size seen. */
export function divergingShade(value: number, largest: number): Shade {
  return shadeOf(along(DIVERGING, largest > 0 ? 0.5 + value / largest / 2 : 0.5));
}
