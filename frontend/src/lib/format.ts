/** Numbers as the desk writes them: thin spaces for thousands, a true minus, one decimal rule per column. */

export const THIN_SPACE = '\u202f';
export const MINUS = '\u2212';

/** The decimals a price needs so that every multiple of its tick is written whole. */
export function decimalsOfTick(tick: number | null | undefined, most = 8): number {
  if (tick == null || !Number.isFinite(tick) || tick <= 0) return 2;
  for (let decimals = 0; decimals < most; decimals += 1) {
    const scaled = tick * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * Math.max(1, scaled)) return decimals;
  }
  return most;
}

/** Decimals that show about four figures of a number whose tick nobody told us. */
export function decimalsOfSize(value: number): number {
  const size = Math.abs(value);
  if (!Number.isFinite(size) || size === 0) return 2;
  return Math.min(8, Math.max(2, 3 - Math.floor(Math.log10(size))));
}

export function formatNumber(value: number, decimals = 0): string {
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE) : whole;
  const text = fraction ? `${grouped}.${fraction}` : grouped;
  return value < 0 && Number(text.replaceAll(THIN_SPACE, '')) !== 0 ? MINUS + text : text;
}

/** A change always carries its sign; exactly nothing carries none. */
export function formatSigned(value: number, decimals = 0): string {
  const text = formatNumber(value, decimals);
  const isZero = Number(text.replaceAll(THIN_SPACE, '').replace(MINUS, '-')) === 0;
  return value > 0 && !isZero ? `+${text}` : text;
}

/** A fraction (0.153) as a percentage (15.3 %). */
export function formatPercent(fraction: number, decimals = 1): string {
  return `${formatNumber(fraction * 100, decimals)}${THIN_SPACE}%`;
}

export function formatSignedPercent(fraction: number, decimals = 2): string {
  return `${formatSigned(fraction * 100, decimals)}${THIN_SPACE}%`;
}

/** Counts of contracts: whole below ten thousand, then 12.3 k and 4.56 M. */
export function formatCount(value: number): string {
  const size = Math.abs(value);
  if (size >= 999_500) return `${formatNumber(value / 1e6, size >= 99.95e6 ? 0 : 2)}${THIN_SPACE}M`;
  if (size >= 10_000) return `${formatNumber(value / 1e3, size >= 99_950 ? 0 : 1)}${THIN_SPACE}k`;
  return formatNumber(value, Number.isInteger(value) ? 0 : 1);
}

/** A strike as its symbol writes it: no trailing zeros. */
export function formatStrike(strike: number): string {
  const decimals = Math.min(8, decimalsOfTick(Math.abs(strike) % 1 || 1));
  return formatNumber(strike, decimals);
}

/** The decimals that write every strike of a column the same way. */
export function decimalsOfStrikes(strikes: readonly number[]): number {
  return strikes.reduce((most, strike) => Math.max(most, decimalsOfTick(Math.abs(strike) % 1 || 1, 5)), 0);
}

/** The fewest decimals that write every one of these values whole, at most `most`. */
export function decimalsSeen(values: Iterable<number | null | undefined>, least = 0, most = 6): number {
  let decimals = least;
  for (const value of values) {
    if (value == null || !Number.isFinite(value)) continue;
    while (decimals < most) {
      const scaled = Math.abs(value) * 10 ** decimals;
      if (Math.abs(scaled - Math.round(scaled)) < 1e-7 * Math.max(1, scaled)) break;
      decimals += 1;
    }
  }
  return decimals;
}

/** One decimal rule for a column: as many as its largest value needs to show `figures` figures. */
export function decimalsOfColumn(values: Iterable<number | null | undefined>, figures = 3, most = 8): number {
  let largest = 0;
  for (const value of values) if (value != null && Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 2;
  return Math.min(most, Math.max(0, figures - 1 - Math.floor(Math.log10(largest))));
}
