/**
 * What is told of a term beside its sentence. One entry for each of `TERMS`, in groups as one learns them.
 * Units and conventions are those of the API.
 */
import type { TermName } from './terms';

export const GLOSSARY_GROUPS = ['Futures', 'Options', 'Greeks', 'Volatility', 'Strategies', 'Live prices', 'Account'] as const;
export type GlossaryGroup = (typeof GLOSSARY_GROUPS)[number];

export interface TermFacts {
  name: string;
  group: GlossaryGroup;
  /** What its figures are in; null where it is no figure. */
  unit: string | null;
  /** The convention, or what is easily misread. */
  more?: string;
  /** What else it is called. */
  also?: string;
  /** The pages that show it. */
  pages: readonly string[];
  see: readonly TermName[];
}

const FUTURES = ['/futures'];
const OPTIONS = ['/options'];
const BOTH = ['/futures', '/options'];
const STRATEGIES = ['/strategies'];
const PRICE = 'The contract’s unit of price';
const OPTION_PRICE = 'The option’s unit of price; coin for an inverse option';
const VOL = 'Percent a year; the API writes the fraction, 0.153 for 15.3 %';
const POINTS = 'Volatility points; the API writes the fraction';

export const ENTRIES: Record<TermName, TermFacts> = {
  // Futures
  contract_month: { name: 'Contract month', group: 'Futures', unit: null, more: 'It stands in the symbol: CL-2026-03 is March 2026.', also: 'delivery', pages: FUTURES, see: ['expiry', 'front'] },
  front: { name: 'Front contract', group: 'Futures', unit: null, also: 'nearby', pages: FUTURES, see: ['roll', 'expiry'] },
  expiry: { name: 'Expiry', group: 'Futures', unit: 'Date at the exchange', also: 'expiration maturity', pages: BOTH, see: ['days_to_expiry', 'last_trade'] },
  days_to_expiry: { name: 'Days to expiry', group: 'Futures', unit: 'Calendar days', also: 'DTE', pages: BOTH, see: ['expiry', 'day_count'] },
  first_notice: { name: 'First notice', group: 'Futures', unit: 'Date at the exchange', also: 'FND delivery', pages: FUTURES, see: ['last_trade', 'roll'] },
  last_trade: { name: 'Last trade day', group: 'Futures', unit: 'Date at the exchange', also: 'LTD', pages: FUTURES, see: ['first_notice', 'expiry'] },
  tick: { name: 'Tick', group: 'Futures', unit: PRICE, also: 'minimum step increment', pages: FUTURES, see: ['multiplier', 'notional'] },
  multiplier: { name: 'Multiplier', group: 'Futures', unit: 'Currency for 1.00 of price and contract', more: 'For an inverse contract it is the face value in money.', also: 'contract size point value', pages: [...FUTURES, ...STRATEGIES], see: ['notional', 'tick', 'inverse'] },
  notional: { name: 'Notional', group: 'Futures', unit: 'Currency', also: 'contract value exposure', pages: FUTURES, see: ['multiplier', 'inverse'] },
  inverse: { name: 'Inverse contract', group: 'Futures', unit: null, also: 'coin-settled coin margined', pages: BOTH, see: ['multiplier', 'notional'] },
  bid: { name: 'Bid', group: 'Futures', unit: PRICE, pages: BOTH, see: ['ask', 'mid'] },
  ask: { name: 'Ask', group: 'Futures', unit: PRICE, also: 'offer', pages: BOTH, see: ['bid', 'mid'] },
  mid: { name: 'Middle', group: 'Futures', unit: PRICE, also: 'mid midpoint', pages: BOTH, see: ['bid', 'ask', 'mark'] },
  spread_bid_ask: { name: 'Bid-ask spread', group: 'Futures', unit: PRICE, also: 'width', pages: BOTH, see: ['bid', 'ask', 'mid'] },
  depth: { name: 'Depth', group: 'Futures', unit: 'Contracts at each price', also: 'order book ladder level 2', pages: FUTURES, see: ['bid', 'ask'] },
  last: { name: 'Last', group: 'Futures', unit: PRICE, also: 'trade', pages: BOTH, see: ['settlement', 'change'] },
  settlement: { name: 'Settlement', group: 'Futures', unit: PRICE, also: 'settle close official', pages: FUTURES, see: ['change', 'last'] },
  change: { name: 'Change', group: 'Futures', unit: 'The contract’s unit of price, or percent', more: 'Up and down carry a sign, so that the colour is never all that tells.', pages: FUTURES, see: ['settlement', 'last'] },
  volume: { name: 'Volume', group: 'Futures', unit: 'Contracts, today', pages: BOTH, see: ['open_interest', 'migration'] },
  open_interest: { name: 'Open interest', group: 'Futures', unit: 'Contracts, as last published', also: 'OI', pages: BOTH, see: ['volume', 'max_pain', 'pcr'] },
  term_structure: { name: 'Term structure', group: 'Futures', unit: null, also: 'curve forward curve', pages: BOTH, see: ['contango', 'backwardation', 'basis'] },
  contango: { name: 'Contango', group: 'Futures', unit: null, pages: FUTURES, see: ['backwardation', 'roll_yield', 'carry'] },
  backwardation: { name: 'Backwardation', group: 'Futures', unit: null, pages: FUTURES, see: ['contango', 'roll_yield'] },
  basis: { name: 'Basis', group: 'Futures', unit: 'Percent a year', more: 'The API also writes it in price (`basis`) and in percent of the front contract (`basis_pct`).', pages: FUTURES, see: ['roll_yield', 'annualised', 'carry'] },
  annualised: { name: 'Annualised', group: 'Futures', unit: 'Percent a year', pages: BOTH, see: ['basis', 'roll_yield', 'day_count'] },
  carry: { name: 'Carry', group: 'Futures', unit: 'Percent a year', also: 'cost of carry convenience yield storage', pages: FUTURES, see: ['basis', 'rate'] },
  roll_yield: { name: 'Roll yield', group: 'Futures', unit: 'Percent a year', more: 'Above 0 in backwardation, below 0 in contango, if the curve stands still.', pages: FUTURES, see: ['roll', 'basis', 'backwardation'] },
  calendar_spread: { name: 'Calendar spread', group: 'Futures', unit: PRICE, also: 'time spread', pages: [...FUTURES, ...STRATEGIES], see: ['butterfly', 'roll'] },
  butterfly: { name: 'Butterfly', group: 'Futures', unit: PRICE, also: 'fly', pages: FUTURES, see: ['calendar_spread', 'butterfly_25d'] },
  continuous: { name: 'Continuous series', group: 'Futures', unit: PRICE, more: 'Adjusted by difference or by ratio, or not at all; each switch stands in its roll table.', also: 'back-adjusted', pages: FUTURES, see: ['roll', 'migration'] },
  roll: { name: 'Roll', group: 'Futures', unit: null, also: 'rollover', pages: FUTURES, see: ['roll_yield', 'migration', 'continuous'] },
  migration: { name: 'Migration', group: 'Futures', unit: 'The next contract’s part of both, in percent', pages: FUTURES, see: ['roll', 'volume', 'open_interest'] },

  // Options
  underlying: { name: 'Underlying', group: 'Options', unit: null, pages: OPTIONS, see: ['forward', 'strike'] },
  call: { name: 'Call', group: 'Options', unit: null, pages: [...OPTIONS, ...STRATEGIES], see: ['put', 'strike'] },
  put: { name: 'Put', group: 'Options', unit: null, pages: [...OPTIONS, ...STRATEGIES], see: ['call', 'strike'] },
  strike: { name: 'Strike', group: 'Options', unit: 'The underlying’s unit of price', also: 'exercise price', pages: OPTIONS, see: ['moneyness', 'atm'] },
  premium: { name: 'Premium', group: 'Options', unit: OPTION_PRICE, pages: [...OPTIONS, ...STRATEGIES], see: ['intrinsic', 'time_value'] },
  intrinsic: { name: 'Intrinsic value', group: 'Options', unit: OPTION_PRICE, pages: OPTIONS, see: ['time_value', 'premium'] },
  time_value: { name: 'Time value', group: 'Options', unit: OPTION_PRICE, also: 'extrinsic', pages: OPTIONS, see: ['intrinsic', 'theta'] },
  mark: { name: 'Mark', group: 'Options', unit: OPTION_PRICE, more: 'The venue’s own where it gives one, else the middle, else the last trade; `mark_source` says which.', pages: OPTIONS, see: ['mid', 'fair_value', 'iv'] },
  fair_value: { name: 'Fair value', group: 'Options', unit: OPTION_PRICE, also: 'theoretical model value', pages: [...OPTIONS, ...STRATEGIES], see: ['model', 'mark'] },
  forward: { name: 'Forward', group: 'Options', unit: 'The underlying’s unit of price', more: '`forward_source` says where it comes from: a future, put-call parity, or spot with carry.', pages: OPTIONS, see: ['parity', 'atm', 'rate'] },
  parity: { name: 'Put-call parity', group: 'Options', unit: null, pages: OPTIONS, see: ['forward', 'call', 'put'] },
  rate: { name: 'Rate', group: 'Options', unit: 'Percent a year, continuously compounded', more: '`rate_source` says whether quotes imply it, a setting names it, or a coin venue counts without one.', also: 'interest discount', pages: OPTIONS, see: ['rho', 'forward'] },
  day_count: { name: 'Day count', group: 'Options', unit: 'Parts of a year, ACT/365F', pages: OPTIONS, see: ['days_to_expiry', 'annualised'] },
  atm: { name: 'At the money', group: 'Options', unit: null, also: 'ATM', pages: OPTIONS, see: ['forward', 'moneyness'] },
  moneyness: { name: 'Moneyness', group: 'Options', unit: 'Strike over forward, 1 at the money', more: 'In the money: exercising would give something. Out of the money: it would not.', also: 'ITM OTM in the money out of the money', pages: OPTIONS, see: ['log_moneyness', 'atm', 'delta'] },
  log_moneyness: { name: 'Log-moneyness', group: 'Options', unit: 'ln(strike / forward), 0 at the money', pages: OPTIONS, see: ['moneyness', 'smile'] },
  american: { name: 'American exercise', group: 'Options', unit: null, pages: OPTIONS, see: ['european', 'assignment'] },
  european: { name: 'European exercise', group: 'Options', unit: null, pages: OPTIONS, see: ['american', 'model'] },
  assignment: { name: 'Assignment', group: 'Options', unit: null, pages: STRATEGIES, see: ['american', 'first_notice'] },
  model: { name: 'Model', group: 'Options', unit: null, more: 'Options on futures use the exercise style of their specification unless another model is chosen.', also: 'Black-76 Black-Scholes-Merton Bachelier Bjerksund Barone-Adesi binomial', pages: OPTIONS, see: ['iv', 'fair_value'] },
  pcr: { name: 'Put/call ratio', group: 'Options', unit: 'Puts per call', also: 'PCR', pages: OPTIONS, see: ['open_interest', 'volume'] },
  max_pain: { name: 'Max pain', group: 'Options', unit: 'The underlying’s unit of price', more: 'Outside liquid options near expiry it has told little.', pages: OPTIONS, see: ['open_interest', 'gex'] },
  gex: { name: 'Gamma exposure', group: 'Options', unit: 'Currency for each 1 % of the price, unless another unit is chosen', more: 'Nobody knows who holds the options: the sign is an assumption, and the answer names it. Usually calls count positive and puts negative.', also: 'GEX dealer', pages: OPTIONS, see: ['gamma', 'zero_gamma', 'open_interest'] },
  zero_gamma: { name: 'Zero gamma', group: 'Options', unit: 'The underlying’s unit of price', also: 'gamma flip', pages: OPTIONS, see: ['gex', 'gamma'] },

  // Greeks
  delta: { name: 'Delta', group: 'Greeks', unit: 'Price of the option for 1.00 of the underlying', more: 'Calls 0 to 1, puts −1 to 0. `delta_kind` says whether it counts the forward, the spot, or is adjusted for the premium.', also: 'hedge ratio', pages: [...OPTIONS, ...STRATEGIES], see: ['gamma', 'moneyness'] },
  gamma: { name: 'Gamma', group: 'Greeks', unit: 'Delta for 1.00 of the underlying', more: 'Above 0 for whoever holds an option, call or put.', also: 'convexity', pages: [...OPTIONS, ...STRATEGIES], see: ['delta', 'gex'] },
  theta: { name: 'Theta', group: 'Greeks', unit: 'Price of the option for one calendar day', more: 'Written with its sign: below 0, the holder loses by waiting.', also: 'time decay', pages: [...OPTIONS, ...STRATEGIES], see: ['time_value', 'vega'] },
  vega: { name: 'Vega', group: 'Greeks', unit: 'Price of the option for one volatility point (0.01)', pages: [...OPTIONS, ...STRATEGIES], see: ['iv', 'theta'] },
  rho: { name: 'Rho', group: 'Greeks', unit: 'Price of the option for 0.01 of the rate', pages: [...OPTIONS, ...STRATEGIES], see: ['rate'] },

  // Volatility
  iv: { name: 'Implied volatility', group: 'Volatility', unit: VOL, also: 'IV vol', pages: OPTIONS, see: ['smile', 'vega', 'model'] },
  smile: { name: 'Smile', group: 'Volatility', unit: VOL, pages: OPTIONS, see: ['skew', 'surface', 'log_moneyness'] },
  skew: { name: 'Skew', group: 'Volatility', unit: POINTS, pages: OPTIONS, see: ['risk_reversal', 'smile'] },
  risk_reversal: { name: 'Risk reversal, 25 delta', group: 'Volatility', unit: POINTS, also: 'RR skew', pages: OPTIONS, see: ['skew', 'butterfly_25d', 'delta'] },
  butterfly_25d: { name: 'Butterfly, 25 delta', group: 'Volatility', unit: POINTS, also: 'BF fly wings', pages: OPTIONS, see: ['risk_reversal', 'smile'] },
  surface: { name: 'Volatility surface', group: 'Volatility', unit: VOL, pages: OPTIONS, see: ['smile', 'term_structure', 'svi'] },
  svi: { name: 'SVI', group: 'Volatility', unit: 'Total variance', more: 'The five numbers: level, slope of the wings, tilt, place of the bottom, and how round it is.', also: 'stochastic volatility inspired fit Gatheral', pages: OPTIONS, see: ['total_variance', 'arbitrage_free', 'surface'] },
  total_variance: { name: 'Total variance', group: 'Volatility', unit: 'iv² × years, no unit', pages: OPTIONS, see: ['forward_vol', 'calendar_arbitrage', 'iv'] },
  forward_vol: { name: 'Forward volatility', group: 'Volatility', unit: VOL, pages: OPTIONS, see: ['total_variance', 'term_structure'] },
  arbitrage_free: { name: 'Free of arbitrage', group: 'Volatility', unit: null, pages: OPTIONS, see: ['calendar_arbitrage', 'svi'] },
  calendar_arbitrage: { name: 'Calendar arbitrage', group: 'Volatility', unit: null, pages: OPTIONS, see: ['total_variance', 'arbitrage_free'] },
  expected_move: { name: 'Expected move', group: 'Volatility', unit: 'The underlying’s unit of price', more: 'Forward × volatility at the money × √years.', also: 'one standard deviation', pages: OPTIONS, see: ['iv', 'straddle'] },
  iv_rank: { name: 'IV rank', group: 'Volatility', unit: 'Percent: 0 at the lowest of the days, 100 at the highest', more: 'Of the 30-day volatility at the money, over the days that are stored.', also: 'IVR', pages: OPTIONS, see: ['iv_percentile', 'iv'] },
  iv_percentile: { name: 'IV percentile', group: 'Volatility', unit: 'Percent of the days', more: 'Of the 30-day volatility at the money, over the days that are stored.', also: 'IVP', pages: OPTIONS, see: ['iv_rank', 'iv'] },

  // Strategies
  straddle: { name: 'Straddle', group: 'Strategies', unit: OPTION_PRICE, pages: [...OPTIONS, ...STRATEGIES], see: ['expected_move', 'call', 'put'] },
  break_even: { name: 'Break-even', group: 'Strategies', unit: 'The underlying’s unit of price', pages: STRATEGIES, see: ['max_profit', 'max_loss'] },
  max_profit: { name: 'Max profit', group: 'Strategies', unit: 'Currency', pages: STRATEGIES, see: ['max_loss', 'break_even'] },
  max_loss: { name: 'Max loss', group: 'Strategies', unit: 'Currency', pages: STRATEGIES, see: ['max_profit', 'assignment'] },
  probability_of_profit: { name: 'Chance of profit', group: 'Strategies', unit: 'Percent', also: 'POP probability', pages: STRATEGIES, see: ['break_even', 'iv'] },

  // Live prices
  feed: { name: 'Feed', group: 'Live prices', unit: null, also: 'source', pages: ['/feeds'], see: ['live', 'stale', 'simulated'] },
  live: { name: 'Live', group: 'Live prices', unit: null, more: 'The newest quote is at most 90 seconds old.', pages: [...BOTH, '/feeds'], see: ['age', 'delayed'] },
  delayed: { name: 'Delayed', group: 'Live prices', unit: null, more: 'Between 90 seconds and 20 minutes old.', pages: [...BOTH, '/feeds'], see: ['age', 'stale'] },
  stale: { name: 'Stale', group: 'Live prices', unit: null, also: 'old silent', pages: [...BOTH, '/feeds'], see: ['age', 'disconnected', 'closed'] },
  closed: { name: 'Closed', group: 'Live prices', unit: null, more: 'By the trading hours of the contract, where they are known. Nothing to worry about.', pages: [...BOTH, '/feeds'], see: ['stale'] },
  disconnected: { name: 'Disconnected', group: 'Live prices', unit: null, pages: [...BOTH, '/feeds'], see: ['resync', 'stale'] },
  age: { name: 'Age', group: 'Live prices', unit: 'Seconds, minutes, hours or days', more: 'Counted on the server’s clock, so a wrong clock on this device changes nothing.', pages: BOTH, see: ['live', 'stale'] },
  resync: { name: 'Resync', group: 'Live prices', unit: null, also: 'gap snapshot', pages: ['/feeds'], see: ['disconnected'] },
  simulated: { name: 'Simulated', group: 'Live prices', unit: null, also: 'made up demo', pages: [...BOTH, '/feeds'], see: ['feed'] },
  as_of: { name: 'As of', group: 'Live prices', unit: 'An instant, to the second', also: 'past history time travel replay', pages: BOTH, see: ['live', 'age'] },

  // Account
  totp: { name: 'Code from an app', group: 'Account', unit: 'Six figures, new every 30 seconds', also: 'TOTP two-step two-factor authenticator MFA 2FA', pages: ['/account'], see: ['recovery_code'] },
  recovery_code: { name: 'Recovery code', group: 'Account', unit: null, also: 'backup code', pages: ['/account'], see: ['totp'] },
  api_key: { name: 'API key', group: 'Account', unit: null, also: 'token script', pages: ['/account'], see: ['session'] },
  session: { name: 'Session', group: 'Account', unit: null, also: 'sign-in device', pages: ['/account'], see: ['api_key', 'totp'] },
};
