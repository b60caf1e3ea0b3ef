import { describe, expect, it } from "vitest";
import { legsText, readOptionSymbol, readStrategyLink, strategyHref, type StrategyLink } from "./strategy-link";

const query = (href: string) => new URLSearchParams(href.slice(href.indexOf("?")));
const SPREAD: StrategyLink = {
  underlying: "CL",
  legs: [
    { quantity: 1, symbol: "CL-2026-03-17-75-C", price: 2.31 },
    { quantity: -2, symbol: "CL-2026-03-17-77.5-C" },
    { quantity: -1, symbol: "CL-2026-04" },
  ],
};

describe("a strategy as an address", () => {
  it("is written as people would type it", () => {
    expect(strategyHref(SPREAD)).toBe(
      "/strategies?underlying=CL&legs=+1:CL-2026-03-17-75-C@2.31,-2:CL-2026-03-17-77.5-C,-1:CL-2026-04",
    );
  });

  it("reads back as it was, however the plus arrives", () => {
    expect(readStrategyLink(query(strategyHref(SPREAD)))).toEqual({ kind: "strategy", strategy: SPREAD });
    expect(readStrategyLink(query(strategyHref(SPREAD).replaceAll("+", "%2B")))).toEqual({
      kind: "strategy",
      strategy: SPREAD,
    });
    expect(readStrategyLink(query(strategyHref(SPREAD).replaceAll("+", "")))).toMatchObject({ kind: "strategy" });
  });

  it("carries an ampersand of a symbol, tiny and negative prices", () => {
    const strategy = {
      underlying: "M&M",
      legs: [
        { quantity: 1, symbol: "M&M-2026-03-26-3000-C", price: 0.0000005 },
        { quantity: 1, symbol: "CL-2020-05", price: -37.63 },
      ],
    };
    expect(readStrategyLink(query(strategyHref(strategy)))).toEqual({ kind: "strategy", strategy });
  });

  it("writes its legs as one value of an address", () => {
    const params = new URLSearchParams({ underlying: "CL", legs: legsText(SPREAD.legs) });
    expect(readStrategyLink(params)).toEqual({ kind: "strategy", strategy: SPREAD });
    expect(readStrategyLink(new URLSearchParams(params.toString()))).toEqual({ kind: "strategy", strategy: SPREAD });
  });

  it("is empty without legs and underlying, and has none with an underlying alone", () => {
    expect(readStrategyLink(new URLSearchParams(""))).toEqual({ kind: "empty" });
    expect(readStrategyLink(new URLSearchParams("underlying=ES"))).toEqual({
      kind: "strategy",
      strategy: { underlying: "ES", legs: [] },
    });
  });

  it("finds the underlying in the legs where nobody named it", () => {
    expect(readStrategyLink(query("?legs=1:CL-2026-04,1:LO-2026-03-17-75-C"))).toMatchObject({
      strategy: { underlying: "LO" },
    });
    expect(readStrategyLink(query("?legs=1:BTC-PERP"))).toMatchObject({ strategy: { underlying: "BTC" } });
    expect(readStrategyLink(query("?legs=1:CL-2026-04"))).toMatchObject({ strategy: { underlying: "CL" } });
  });

  it.each([
    ["legs=CL-2026-03-17-75-C", "written as"],
    ["legs=1.5:CL-2026-03-17-75-C", "count"],
    ["legs=0:CL-2026-03-17-75-C", "count"],
    ["legs=999999:CL-2026-03-17-75-C", "contracts"],
    ["legs=1:<script>", "symbol"],
    ["legs=1:CL-2026-04@abc", "price"],
    ["legs=1:CL-2026-04@1@2", "price"],
    ["legs=1:CL-2026-04@1e400", "price"],
    ["legs=1:CL-2026-04,,", "Leg 2"],
    ["underlying=cl%20%3B", "underlying"],
    [`legs=${Array(21).fill("1:CL-2026-04").join(",")}`, "at most 20"],
    [`legs=${"9".repeat(2_001)}`, "more legs"],
  ])("refuses %s by words", (text, word) => {
    const read = readStrategyLink(new URLSearchParams(text));
    expect(read.kind).toBe("refused");
    expect(read.kind === "refused" && read.why).toContain(word);
  });

  it("takes an option's symbol apart", () => {
    expect(readOptionSymbol("BTC-2026-09-21-60000-P")).toEqual({
      root: "BTC",
      expiry: "2026-09-21",
      strike: 60_000,
      right: "P",
    });
    expect(readOptionSymbol("CL-2026-04")).toBeNull();
  });
});
