/**
 * What the words on the screen mean, in one sentence each; shown on hover, focus and tap.
 * Whoever adds one adds its entry to `glossary-entries.ts` too: what it is called, its unit, where it is seen.
 */
export const TERMS = {
  age: 'How long ago the venue gave the price: the newest where several are shown.',
  american: 'Exercise at any time until expiry, not on its last day alone.',
  annualised: 'Stretched to a year, so that spans of different length can be compared.',
  api_key: 'A secret that lets a script ask in your place, for what you allow it and until it ends.',
  arbitrage_free: 'No bundle of these prices gives a sure gain: no butterfly and no calendar costs less than nothing.',
  as_of: 'The moment that is looked at: everything on the page is as it was known then.',
  ask: 'The lowest price at which someone offers to sell now.',
  assignment: 'Being called upon to deliver what an option sold has promised.',
  atm: 'At the money: the strike nearest to the forward price.',
  backwardation: 'Later deliveries cost less than near ones: the curve slopes down.',
  basis: 'How far a contract stands from the front one, in percent a year.',
  bid: 'The highest price at which someone offers to buy now.',
  break_even: 'A price at the first expiry at which nothing is won or lost.',
  butterfly: 'Long the near and the far contract, short two of the middle one: the bend of the curve.',
  butterfly_25d: 'Mean volatility of the 25-delta call and put less that at the money: how much dearer the wings are.',
  calendar_arbitrage: 'A later expiry with less total variance than an earlier one, which prices cannot keep.',
  calendar_spread: 'Long the near contract, short the later one: the price of time between them.',
  call: 'The right to buy the underlying at the strike.',
  carry: 'What holding a thing costs or earns until delivery: interest and storage less what it yields.',
  change: 'Last price against the previous settlement.',
  closed: 'The exchange is closed.',
  contango: 'Later deliveries cost more than near ones: the curve slopes up.',
  continuous: 'One long series made of successive contracts, with every switch listed.',
  contract_month: 'The month in which a contract is delivered or settled.',
  day_count: 'How days become a part of a year: here calendar days over 365.',
  days_to_expiry: 'Calendar days until the contract ends.',
  delayed: 'The newest quote is older than it should be.',
  delta: 'How much the option gains when the underlying rises by 1.00.',
  depth: 'How many contracts wait at each price, as far as the venue tells.',
  disconnected: 'This page has lost its line to the desk and tries again by itself. What you see is from before.',
  european: 'Exercise on the last day alone.',
  expected_move: 'One standard deviation by expiry, at the money: about two times in three the price stays within it.',
  expiry: 'The date on which the contract ends.',
  fair_value: 'What a model says an option is worth, whatever is bid or asked for it.',
  feed: 'A source of prices: a venue, a program that sends them in, a replay or the simulated market.',
  first_notice: 'The first day on which a holder can be asked to take delivery.',
  forward: 'The price for delivery at expiry that the options themselves imply, or their future trades at.',
  forward_vol: 'The movement priced for the time between two expiries alone.',
  front: 'The nearest contract that people mainly trade.',
  gamma: 'How much delta changes when the underlying rises by 1.00.',
  gex: 'Gamma exposure: what hedging all open options would trade for a move of the price, if the assumed holders hold them.',
  intrinsic: 'What exercising now would give; never below nothing.',
  inverse: 'Paid and settled in the coin itself, so the value in money moves twice with the price.',
  iv: 'Implied volatility: the yearly movement, in percent, that makes the model price equal the market price.',
  iv_percentile: 'On how many of the past days the volatility was lower than now.',
  iv_rank: 'Where the volatility stands between the lowest and the highest of the past days.',
  last: 'The price of the latest trade.',
  last_trade: 'The last day on which the contract trades.',
  live: 'Prices come as they should.',
  log_moneyness: 'The logarithm of strike over forward: 0 is at the money.',
  mark: 'The fair price used for valuation, usually the middle of bid and ask.',
  max_loss: 'The most that can be lost at the first expiry.',
  max_pain: 'The strike at which all holders together would receive least at expiry. No forecast.',
  max_profit: 'The most that can be won at the first expiry.',
  mid: 'The middle of bid and ask.',
  migration: 'Trade and open interest moving from one contract into the next before it ends.',
  model: 'The formula that turns a price into a volatility and back, such as Black-76.',
  moneyness: 'How far the strike is from the forward price.',
  multiplier: 'What a move of 1.00 in the price is worth for one contract.',
  notional: 'What one contract stands for in money: price times multiplier.',
  open_interest: 'Contracts that exist and are not yet closed.',
  parity: 'A call less a put of one strike is worth the discounted distance from the strike to the forward.',
  pcr: 'Puts for each call, by open interest or by trade of the day.',
  premium: 'The price paid for an option.',
  probability_of_profit: 'How likely it is to end above nothing at the first expiry, by the volatility the market pays for.',
  put: 'The right to sell the underlying at the strike.',
  rate: 'The interest by which money paid at expiry is worth less today.',
  recovery_code: 'A word that signs you in once when the phone with the codes is not at hand.',
  resync: 'Asking for the whole picture again because a step of it was missed; prices wait until it is there.',
  rho: 'How much the option gains when interest rises by 0.01 (one percentage point).',
  risk_reversal: 'Volatility of the 25-delta call less that of the 25-delta put: above 0 calls are dearer.',
  roll: 'Leaving a contract that is about to end for the next one.',
  roll_yield: 'What a holder gains, in percent a year, as the contract moves towards the front of the curve.',
  session: 'One place where you are signed in; ending it signs that place out.',
  settlement: 'The official closing price of the day.',
  simulated: 'Made up on this machine, so that the desk can be tried without a venue. No market trades at these prices.',
  skew: 'How much dearer one side of the strikes is than the other, in volatility.',
  smile: 'Implied volatility drawn over strikes: how much dearer the far strikes are.',
  spread_bid_ask: 'Ask less bid: what it costs to buy and sell at once.',
  stale: 'The market is open, but its feed has fallen silent. What you see is old.',
  straddle: 'Call and put of one strike together: what a move either way costs.',
  strike: 'The price at which the option lets its holder buy (call) or sell (put).',
  surface: 'Implied volatility over strike and time together.',
  svi: 'A smooth curve of total variance with five numbers for each expiry, laid through the quotes.',
  term_structure: 'One figure drawn over delivery or expiry: prices of futures, or volatility at the money.',
  theta: 'How much the option loses in one calendar day when nothing else moves.',
  tick: 'The smallest step of the price.',
  time_value: 'What an option costs above what exercising now would give.',
  total_variance: 'Volatility squared times time: it adds up over time and never falls from one expiry to the next.',
  totp: 'The six figures an app shows for thirty seconds, asked for after the password.',
  underlying: 'What an option is about: a future, an index or a coin.',
  vega: 'How much the option gains when implied volatility rises by one point (0.01).',
  volume: 'Contracts traded today.',
  zero_gamma: 'The price at which gamma exposure changes its sign.',
} as const;

export type TermName = keyof typeof TERMS;

export const isTerm = (name: string): name is TermName => Object.hasOwn(TERMS, name);

/** The term that an explanation tells about, which may say more after it; null where it is about something else. */
export function termOfHint(text: string): TermName | null {
  let longest: TermName | null = null;
  for (const name of Object.keys(TERMS)) {
    if (isTerm(name) && text.startsWith(TERMS[name]) && (longest === null || TERMS[name].length > TERMS[longest].length)) longest = name;
  }
  return longest;
}

/** Why a computed number is missing, in words. */
const STATUS_WORDS: Record<string, string> = {
  ok: 'Computed',
  no_quote: 'No bid or ask to compute from',
  crossed: 'Bid above ask: the quote cannot be trusted',
  wide: 'Bid and ask too far apart to trust the middle',
  below_intrinsic: 'Price below what exercising would give: no volatility explains it',
  above_maximum: 'Price above what the option can be worth: no volatility explains it',
  no_solution: 'No volatility gives this price',
  expired: 'Expired',
  invalid: 'The inputs cannot be valued',
};

export function statusWords(status: string): string {
  return STATUS_WORDS[status] ?? status.replaceAll('_', ' ');
}

/** Why an expiry has no fitted curve, in words. */
const FIT_WORDS: Record<string, string> = {
  ok: 'Fitted',
  too_few_quotes: 'Too few strikes have a volatility',
  no_time_left: 'It has expired',
  not_arbitrage_free: 'No curve near these quotes is free of arbitrage',
};

export const fitWords = (status: string | null): string => (status ? (FIT_WORDS[status] ?? status.replaceAll('_', ' ')) : 'Not asked for');

const SOURCE_WORDS: Record<string, string> = {
  simulated: 'Simulated',
  cboe: 'Cboe',
  nse: 'NSE',
  deribit: 'Deribit',
  okx: 'OKX',
  lean: 'Lean',
  databento: 'Databento',
  pst: 'Multiple prices',
  yahoo: 'Yahoo',
};

/** A source by the name people know it by. */
export function sourceWords(source: string): string {
  return SOURCE_WORDS[source] ?? source;
}
