/** What the words on the screen mean, in one sentence each; shown on hover and focus. */
export const TERMS = {
  ask: 'The lowest price at which someone offers to sell now.',
  atm: 'At the money: the strike nearest to the forward price.',
  backwardation: 'Later deliveries cost less than near ones: the curve slopes down.',
  basis: 'How far a contract stands from the front one, in percent a year.',
  bid: 'The highest price at which someone offers to buy now.',
  butterfly: 'Long the near and the far contract, short two of the middle one: the bend of the curve.',
  calendar_spread: 'Long the near contract, short the later one: the price of time between them.',
  change: 'Last price against the previous settlement.',
  contango: 'Later deliveries cost more than near ones: the curve slopes up.',
  continuous: 'One long series made of successive contracts, with every switch listed.',
  delta: 'How much the option gains when the underlying rises by 1.00.',
  expiry: 'The date on which the contract ends.',
  first_notice: 'The first day on which a holder can be asked to take delivery.',
  forward: 'The price for delivery at expiry that the options themselves imply, or their future trades at.',
  front: 'The nearest contract that people mainly trade.',
  gamma: 'How much delta changes when the underlying rises by 1.00.',
  iv: 'Implied volatility: the yearly movement, in percent, that makes the model price equal the market price.',
  last: 'The price of the latest trade.',
  last_trade: 'The last day on which the contract trades.',
  log_moneyness: 'The logarithm of strike over forward: 0 is at the money.',
  mark: 'The fair price used for valuation, usually the middle of bid and ask.',
  open_interest: 'Contracts that exist and are not yet closed.',
  rho: 'How much the option gains when interest rises by 0.01 (one percentage point).',
  roll: 'Leaving a contract that is about to end for the next one.',
  roll_yield: 'What a holder gains, in percent a year, as the contract moves towards the front of the curve.',
  settlement: 'The official closing price of the day.',
  smile: 'Implied volatility drawn over strikes: how much dearer the far strikes are.',
  strike: 'The price at which the option lets its holder buy (call) or sell (put).',
  theta: 'How much the option loses in one calendar day when nothing else moves.',
  vega: 'How much the option gains when implied volatility rises by one point (0.01).',
  volume: 'Contracts traded today.',
} as const;

export type TermName = keyof typeof TERMS;

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
