"""Writes the server's figures that the browser's option formulas are held to.

Run `python tests/tools/make_strategy_figures.py` after a change to the valuation of strategies.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from tradesense.instruments import load_specs, parse_symbol
from tradesense.market.strategies.loading import load_option
from tradesense.market.strategies.schemas import LegIn, StrategyQuestion
from tradesense.market.strategies.views import strategy_answer
from tradesense.web.formats import encode_json

TARGET = Path(__file__).parents[2] / "frontend/src/features/strategy-builder/valuation.fixture.json"
AS_OF = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
STRIKES = (90.0, 95.0, 100.0, 105.0, 110.0)
PRICES = (70.0, 88.5, 99.0, 100.0, 101.5, 113.0, 140.0)


def chain(
    root: str, days: float, *, spot: float | None, forward: float, coin: bool = False
) -> dict[str, Any]:
    """Return a chain document as the options desk writes it, with a smile of its own making."""
    expires_at = AS_OF + timedelta(days=days)
    expiry = expires_at.date()

    def side(strike: float, right: str) -> dict[str, Any]:
        price = max(forward - strike, 0.0) + 4.0 if right == "C" else max(strike - forward, 0.0) + 4.0
        return {
            "symbol": f"{root}-{expiry.isoformat()}-{strike:g}-{right}",
            "mark": price / forward if coin else price,
            "bid": None,
            "ask": None,
            "iv": 0.2 + 0.00004 * (strike - 103.0) ** 2,
            "status": "ok",
            "quote_age_ms": 0,
        }

    rate = 0.0 if coin else 0.035
    return {
        "underlying": root,
        "source": "made",
        "currency": "USD",
        "price_currency": "BTC" if coin else "USD",
        "multiplier": 100.0,
        "expires_at": expires_at.isoformat(),
        "expiry": expiry.isoformat(),
        "expiry_years": days / 365.0,
        "underlying_symbol": None,
        "model": "black76",
        "delta_kind": "spot" if spot else "forward",
        "spot": spot,
        "forward": forward,
        "forward_source": "parity",
        "rate": rate,
        "rate_source": "parity",
        "dividend_yield": 0.012 if spot else None,
        "atm_iv": 0.2,
        "rows": [
            {"strike": strike, "call": side(strike, "C"), "put": side(strike, "P")} for strike in STRIKES
        ],
    }


def case(
    chains: list[dict[str, Any]], legs: list[tuple[int, float, str, int]], iv_shift: float, days: list[float]
) -> dict[str, Any]:
    """Return the answer for legs given as (which chain, strike, right, quantity), with grids to compare."""
    specs = load_specs()
    asked = [
        LegIn(
            symbol=f"{chains[which]['underlying']}-{chains[which]['expiry']}-{strike:g}-{right}",
            quantity=quantity,
        )
        for which, strike, right, quantity in legs
    ]
    question = StrategyQuestion.model_validate(
        {
            "legs": [each.model_dump() for each in asked],
            "iv_shift": iv_shift,
            "grid": {"prices": len(PRICES), "low": PRICES[0], "high": PRICES[-1], "days": days},
        }
    )
    loaded = [
        load_option(leg, parse_symbol(leg.symbol), chains[which], specs)
        for leg, (which, *_) in zip(asked, legs, strict=True)
    ]
    head = {name: chains[0][name] for name in ("underlying", "currency", "price_currency")}
    answer = strategy_answer(loaded, head, AS_OF, question)
    return {
        "iv_shift": iv_shift,
        "answer": orjson.loads(encode_json(answer)),
    }


def main() -> None:
    """Write the file."""
    spot = [chain("XSP", 30.0, spot=100.0, forward=100.3), chain("XSP", 90.0, spot=100.0, forward=100.9)]
    forward = [chain("XYZ", 20.0, spot=None, forward=100.0), chain("XYZ", 80.0, spot=None, forward=98.5)]
    coin = [chain("BTC", 10.0, spot=None, forward=100.0, coin=True)]
    condor = [(0, 90.0, "P", 1), (0, 95.0, "P", -1), (0, 105.0, "C", -1), (0, 110.0, "C", 1)]
    calendar = [(0, 100.0, "C", -1), (1, 100.0, "C", 1)]
    straddle = [(0, 100.0, "C", 2), (0, 100.0, "P", 2)]
    cases = {
        "iron condor on a spot": case(spot, condor, 0.0, [0, 7.5, 30]),
        "calendar on a spot": case(spot, calendar, 0.04, [0, 15, 30]),
        "calendar on forwards": case(forward, calendar, -0.02, [0, 5, 20]),
        "straddle in coin": case(coin, straddle, 0.0, [0, 3, 9.99]),
    }
    TARGET.write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
