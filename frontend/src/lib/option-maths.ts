/**
 * European options in the browser, by the very formulas the server uses, so that a slider answers at once.
 *
 * American options are not valued here: the server is asked. A test holds these numbers to the server's.
 */

/**
 * The normal distribution function, right to some 1e-15.
 * Hart, "Computer Approximations" (1968), as given by West, "Better approximations to cumulative normal
 * functions", Wilmott Magazine (2005).
 */
export function normalBelow(x: number): number {
  const z = Math.abs(x);
  if (z > 37) return x > 0 ? 1 : 0;
  const bell = Math.exp(-0.5 * z * z);
  const tail = z < 7.07106781186547 ? (bell * horner(ABOVE, z)) / horner(BELOW, z) : bell / (2.506628274631 * fraction(z));
  return x > 0 ? 1 - tail : tail;
}

const ABOVE = [3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376];
const BELOW = [8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752];

const horner = (factors: readonly number[], z: number) => factors.reduce((sum, factor) => sum * z + factor, 0);
const fraction = (z: number) => z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
const density = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

export interface European {
  isCall: boolean;
  forward: number;
  strike: number;
  /** Years to expiry; zero gives the value of exercising. */
  years: number;
  /** A fraction per year. */
  vol: number;
  /** Discounts, continuously compounded per year. */
  rate: number;
}

/** Black, "The pricing of commodity contracts" (1976), equation 16 for a call; the put by parity. */
export function black76(option: European): number {
  const { isCall, forward, strike, years, vol, rate } = option;
  const side = isCall ? 1 : -1;
  const discount = Math.exp(-rate * Math.max(years, 0));
  const deviation = vol * Math.sqrt(Math.max(years, 0));
  if (deviation <= 0 || forward <= 0 || strike <= 0) return discount * Math.max(side * (forward - strike), 0);
  const d1 = Math.log(forward / strike) / deviation + 0.5 * deviation;
  return discount * side * (forward * normalBelow(side * d1) - strike * normalBelow(side * (d1 - deviation)));
}

/** Greeks in the contract's units: delta per 1.00 of the forward, vega per point, theta per calendar day, rho per 0.01. */
export interface OptionGreeks {
  delta: number;
  gamma: number;
  vega: number;
  theta: number;
  rho: number;
}

const NO_GREEKS: OptionGreeks = { delta: 0, gamma: 0, vega: 0, theta: 0, rho: 0 };

/** The derivatives of `black76`; nothing is left of them at expiry but delta. */
export function black76Greeks(option: European): OptionGreeks {
  const { isCall, forward, strike, years, vol, rate } = option;
  const side = isCall ? 1 : -1;
  const deviation = vol * Math.sqrt(Math.max(years, 0));
  if (deviation <= 0 || forward <= 0 || strike <= 0) return { ...NO_GREEKS, delta: side * (forward - strike) > 0 ? side : 0 };
  const discount = Math.exp(-rate * years);
  const d1 = Math.log(forward / strike) / deviation + 0.5 * deviation;
  const worth = black76(option);
  const bell = discount * density(d1);
  return {
    delta: side * discount * normalBelow(side * d1),
    gamma: bell / (forward * deviation),
    vega: 0.01 * forward * bell * Math.sqrt(years),
    theta: (rate * worth - (forward * bell * vol) / (2 * Math.sqrt(years))) / 365,
    rho: -0.01 * years * worth,
  };
}
