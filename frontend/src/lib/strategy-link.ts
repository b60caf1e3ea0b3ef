/**
 * A strategy as an address: `/strategies?underlying=CL&legs=+1:CL-2026-03-17-75-C,-1:CL-2026-03-17-80-C@2.31`.
 *
 * A leg is a signed count of contracts, a canonical symbol and, after `@`, the price it was traded at, where that
 * is not the market's. Whatever else stands there is refused in words, never guessed at.
 */

/** One leg: above zero bought, below sold; without a price it trades at the market. */
export interface LinkLeg {
  quantity: number;
  symbol: string;
  price?: number;
}

export interface StrategyLink {
  underlying: string;
  legs: LinkLeg[];
}

export type ReadLink =
  | { kind: "empty" }
  | { kind: "strategy"; strategy: StrategyLink }
  | { kind: "refused"; why: string };

export const STRATEGIES_PATH = "/strategies";
export const MOST_LEGS = 20;
export const MOST_CONTRACTS = 100_000;
export const MOST_PRICE = 1e9;
const LONGEST_LEGS = 2_000;

const ROOT = /^[A-Z0-9][A-Z0-9._&-]{0,23}$/;
const SYMBOL = /^[A-Z0-9][A-Z0-9._&-]{0,63}$/;
const COUNT = /^[+ -]?[1-9]\d{0,5}$/;
const PRICE = /^-?\d{1,9}(\.\d{1,10})?$/;

/** The address of the strategy screen with these legs on it; legs past the 20th are left out. */
export function strategyHref({ underlying, legs }: StrategyLink): string {
  const written = legs.slice(0, MOST_LEGS).map(writeLeg).join(",");
  const asked = `${STRATEGIES_PATH}?underlying=${encodeURIComponent(underlying)}`;
  return written === "" ? asked : `${asked}&legs=${written}`;
}

/** The legs as the value of `legs`, before anything is escaped for an address. */
export const legsText = (legs: readonly LinkLeg[]): string =>
  legs
    .slice(0, MOST_LEGS)
    .map((leg) => decodeURIComponent(writeLeg(leg)))
    .join(",");

function writeLeg({ quantity, symbol, price }: LinkLeg): string {
  const count = quantity > 0 ? `+${quantity}` : String(quantity);
  return `${count}:${encodeURIComponent(symbol)}${price === undefined ? "" : `@${plain(price)}`}`;
}

/** A price in plain digits: `String` would write 1e-7. */
function plain(price: number): string {
  const text = String(price);
  return text.includes("e") ? price.toFixed(10).replace(/\.?0+$/, "") : text;
}

/** Reads what `strategyHref` wrote, and what somebody typed; a `+` that arrives as a blank is a `+`. */
export function readStrategyLink(params: { get(name: string): string | null }): ReadLink {
  const underlying = params.get("underlying") ?? "";
  const text = params.get("legs") ?? "";
  if (underlying === "" && text === "") return { kind: "empty" };
  if (underlying !== "" && !ROOT.test(underlying)) return refused("The address names no underlying that can be read.");
  if (text.length > LONGEST_LEGS) return refused("The address holds more legs than can be read.");
  const parts = text === "" ? [] : text.split(",");
  if (parts.length > MOST_LEGS) return refused(`A strategy has at most ${MOST_LEGS} legs; the address has ${parts.length}.`);
  const legs: LinkLeg[] = [];
  for (const [place, part] of parts.entries()) {
    const leg = readLeg(part);
    if (typeof leg === "string") return refused(`Leg ${place + 1} of the address can't be read: ${leg}.`);
    legs.push(leg);
  }
  return { kind: "strategy", strategy: { underlying: underlying || rootOf(legs), legs } };
}

function refused(why: string): ReadLink {
  return { kind: "refused", why };
}

function readLeg(text: string): LinkLeg | string {
  const colon = text.indexOf(":");
  if (colon < 0) return "it is written as +1:SYMBOL or -1:SYMBOL@price";
  const [symbol = "", price, more] = text.slice(colon + 1).split("@");
  const count = text.slice(0, colon);
  if (!COUNT.test(count)) return "its count is no whole number";
  const quantity = Number(count.replace(" ", "+"));
  if (Math.abs(quantity) > MOST_CONTRACTS) return `it has more than ${MOST_CONTRACTS} contracts`;
  if (!SYMBOL.test(symbol)) return "its symbol is none";
  if (price === undefined) return { quantity, symbol };
  if (more !== undefined || !PRICE.test(price) || Math.abs(Number(price)) > MOST_PRICE) return "its price is no number";
  return { quantity, symbol, price: Number(price) };
}

const OPTION = /^(.+)-(\d{4}-\d{2}-\d{2})-(-?\d+(?:\.\d+)?)-([CP])$/;
const FUTURE = /^(.+?)-(?:\d{4}-\d{2}(?:-\d{2})?|PERP)$/;

/** What an option's symbol says. */
export interface OptionSymbol {
  root: string;
  expiry: string;
  strike: number;
  right: "C" | "P";
}

/** The parts of an option's canonical symbol, or null for any other instrument. */
export function readOptionSymbol(symbol: string): OptionSymbol | null {
  const found = OPTION.exec(symbol);
  if (!found) return null;
  return { root: found[1]!, expiry: found[2]!, strike: Number(found[3]), right: found[4] as "C" | "P" };
}

function rootOf(legs: readonly LinkLeg[]): string {
  const option = legs.map((leg) => readOptionSymbol(leg.symbol)).find((each) => each !== null);
  const first = legs[0]?.symbol ?? "";
  return option?.root ?? FUTURE.exec(first)?.[1] ?? first;
}
