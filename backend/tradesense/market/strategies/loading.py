"""From what the desks answer about chains and quotes to legs that can be valued.

The options desk's own chain documents are read, of the present or of an instant, so that a strategy's numbers
are those of the chain beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from tradesense.instruments import Kind, ParsedSymbol, Right, SpecBook
from tradesense.market.futures.schemas import FuturesQuote
from tradesense.market.history.futures import ContractRow
from tradesense.market.strategies.schemas import LegIn, PriceWord
from tradesense.market.strategies.valuation import Leg, OptionTerms

Document = Mapping[str, Any]
_USABLE = ("ok", "wide")
_SECONDS_A_DAY = 86_400.0


@dataclass(slots=True)
class LoadedLeg:
    """A leg as asked for, what is known of it, and (where it can be valued) its terms.

    `shown` are the fields of `schemas.LegOut` beside those that valuation adds. `forward` is its own price or
    forward in the quote currency; `entry` its entry price in that currency, NaN where there is none.
    """

    asked: LegIn
    symbol: ParsedSymbol
    shown: dict[str, Any]
    status: str
    multiplier: float = float("nan")
    forward: float = float("nan")
    entry: float = float("nan")
    option: OptionTerms | None = None
    ends_at: datetime | None = None
    on_spot: bool = False
    atm_iv: float = float("nan")
    can_be_valued: bool = field(default=False)

    def leg(self, reference: float) -> Leg:
        """Return the leg in terms of the reference price."""
        return Leg(self.asked.quantity, self.multiplier, self.entry, self.forward - reference, self.option)


def load_option(asked: LegIn, symbol: ParsedSymbol, chain: Document | None, specs: SpecBook) -> LoadedLeg:
    """Return an option leg from the chain document of its expiry; `None` where that is not stored."""
    side = _side_of(chain, symbol)
    if chain is None or side is None:
        return LoadedLeg(asked, symbol, _option_shown(symbol), "not_listed")
    spec = specs.find(symbol.root, chain["source"])
    multiplier = spec.option.multiplier if spec and spec.option else chain["multiplier"]
    forward = _number(chain["forward"])
    entry, entry_source = _entry(asked, side)
    # A premium in coin is counted in the quote currency at today's forward.
    coin = forward if chain["price_currency"] != chain["currency"] else 1.0
    iv, iv_source = _volatility(chain, symbol, side)
    on_spot = chain["delta_kind"] == "spot" and chain["spot"] is not None
    multiplier_number, years = _number(multiplier), float(chain["expiry_years"])
    leg = LoadedLeg(
        asked,
        symbol,
        {
            **_option_shown(symbol),
            **{name: chain[name] for name in _OF_EXPIRY},
            **{name: side[name] for name in ("bid", "ask", "mark", "quote_age_ms")},
            "days": years * 365.0,
            "multiplier": multiplier,
            "entry_price": entry,
            "entry_source": entry_source,
            "iv": iv,
            "iv_source": iv_source,
        },
        _status(side["status"], multiplier_number, forward, years, iv, entry),
        multiplier=multiplier_number,
        forward=float(chain["spot"]) if on_spot else forward,
        entry=_number(entry) * coin,
        ends_at=datetime.fromisoformat(chain["expires_at"]),
        on_spot=on_spot,
        atm_iv=_number(chain["atm_iv"]),
    )
    if leg.status not in _STOPS:
        leg.can_be_valued = True
        leg.option = OptionTerms(
            is_call=symbol.right is Right.CALL,
            strike=float(symbol.strike or 0.0),
            years=years,
            vol=_number(iv),
            rate=float(chain["rate"]),
            dividend_yield=_number(chain["dividend_yield"]) if on_spot else float(chain["rate"]),
            model=str(chain["model"]),
            on_spot=on_spot,
        )
    return leg


_STOPS = ("expired", "not_listed", "no_specification", "no_forward", "no_volatility", "no_price")
_OF_EXPIRY = (
    "expires_at",
    "underlying_symbol",
    "model",
    "forward",
    "forward_source",
    "rate",
    "rate_source",
    "dividend_yield",
    "expiry_years",
    "source",
)


def load_future(
    asked: LegIn, symbol: ParsedSymbol, quote: FuturesQuote | None, row: ContractRow | None, specs: SpecBook
) -> LoadedLeg:
    """Return a leg that is no option, from its newest quote and its stored terms."""
    kind = row.kind if row else (symbol.kind or Kind.INDEX).value
    shown: dict[str, Any] = {"kind": kind, "expiry": symbol.expiry}
    if row is None or quote is None or quote.source is None:
        return LoadedLeg(asked, symbol, shown, "not_listed")
    multiplier, inverse = _future_terms(symbol, row, specs)
    price = _number(quote.price)
    sides = {"bid": quote.bid, "ask": quote.ask, "mark": quote.price}
    entry, entry_source = _entry(asked, sides)
    status = _status(quote.status, multiplier, price, 1.0, 1.0, entry)
    ends_at = row.expires_at
    leg = LoadedLeg(
        asked,
        symbol,
        {
            **shown,
            **sides,
            "expiry": row.expiry,
            "expires_at": ends_at,
            "multiplier": None if np.isnan(multiplier) else multiplier,
            "entry_price": entry,
            "entry_source": entry_source,
            "forward": quote.price,
            "forward_source": quote.price_kind,
            "quote_age_ms": quote.quote_age_ms,
            "source": quote.source,
        },
        status,
        # The face value of an inverse future buys face / entry coins; its profit is what these rise by.
        multiplier=multiplier / _number(entry) if inverse else multiplier,
        forward=price,
        entry=_number(entry),
        ends_at=ends_at,
    )
    leg.can_be_valued = status not in _STOPS and leg.multiplier > 0.0
    return leg


def _future_terms(symbol: ParsedSymbol, row: ContractRow, specs: SpecBook) -> tuple[float, bool]:
    spec = specs.find(symbol.root, row.source)
    if row.kind in (Kind.INDEX, Kind.EQUITY):
        return 1.0, False
    terms = None if spec is None else (spec.perpetual if row.kind == Kind.PERPETUAL else spec.future)
    if terms is not None:
        return terms.multiplier, terms.inverse
    return _number(row.multiplier), row.inverse


def _option_shown(symbol: ParsedSymbol) -> dict[str, Any]:
    return {
        "kind": "option",
        "right": symbol.right,
        "strike": symbol.strike,
        "expiry": symbol.expiry,
    }


def _side_of(chain: Document | None, symbol: ParsedSymbol) -> Document | None:
    name = "call" if symbol.right is Right.CALL else "put"
    for row in chain["rows"] if chain else ():
        side: Document | None = row[name]
        if side is not None and side["symbol"] == symbol.text:
            return side
    return None


def _entry(asked: LegIn, side: Mapping[str, Any]) -> tuple[float | None, str]:
    if not isinstance(asked.price, str):
        return float(asked.price), "given"
    word: PriceWord | str = asked.price
    if word == "market":
        word = "ask" if asked.quantity > 0 else "bid"
    price: float | None = side[word]
    return (price if price is None or price > 0.0 or "symbol" not in side else None), word


def _volatility(chain: Document, symbol: ParsedSymbol, side: Document) -> tuple[float | None, str | None]:
    """The leg's own volatility; for want of one that on a line through the strikes beside it."""
    if side["iv"] is not None and side["status"] in _USABLE:
        return side["iv"], "quote"
    forward = _number(chain["forward"])
    points = [
        (row["strike"], each["iv"])
        for row in chain["rows"]
        for each in (row["call"] if row["strike"] >= forward else row["put"],)
        if each is not None and each["iv"] is not None and each["status"] in _USABLE and row["strike"] > 0.0
    ]
    if not points or not symbol.strike or symbol.strike <= 0.0:
        return None, None
    strikes, vols = np.array(points, dtype=np.float64).T
    return float(np.interp(np.log(symbol.strike), np.log(strikes), vols)), "smile"


def _status(
    quoted: str, multiplier: float, forward: float, years: float, iv: float | None, entry: float | None
) -> str:
    """The first thing that stops valuation, else how the quote is."""
    stops = (
        ("expired", quoted == "expired" or not years > 0.0),
        ("no_specification", not multiplier > 0.0),
        ("no_forward", not forward > 0.0),
        ("no_volatility", iv is None),
        ("no_price", entry is None),
    )
    return next((word for word, holds in stops if holds), quoted)


def horizon_of(legs: Sequence[LoadedLeg]) -> tuple[datetime, date | None] | None:
    """Return the first end among the options, or (where there are none) among the rest."""
    options = [leg for leg in legs if leg.option is not None]
    ends = [(leg.ends_at, leg.symbol.expiry) for leg in options or legs if leg.ends_at is not None]
    return min(ends, key=lambda each: each[0], default=None)


def reference_of(legs: Sequence[LoadedLeg]) -> LoadedLeg:
    """Return the leg whose own price stands for the market: of the nearest option, else the first leg."""
    options = [leg for leg in legs if leg.option is not None]
    return min(options, key=lambda leg: leg.option.years if leg.option else 0.0) if options else legs[0]


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
