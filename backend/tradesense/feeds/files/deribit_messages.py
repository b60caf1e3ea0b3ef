"""Reads Deribit's JSON messages: what one says about an instrument or its market. Pure.

Prices of inverse options are in coin. 0.0 as best bid or ask means "no quote", an IV of 0 "none";
`mark_iv` is in percent. Greeks are per 1.00 of the underlying, per point and per day as they come.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from tradesense.feeds.files import names
from tradesense.feeds.files.namer import Namer
from tradesense.instruments import Instrument

What = Literal["instrument", "market", "other"]
# A perpetual's expiry is a moment in the year 3000.
_FAR_FUTURE_MS = 32_000_000_000_000
_COMBO_KINDS = ("future_combo", "option_combo", "spot")


@dataclass(frozen=True, slots=True)
class Record:
    """One fact of a message: an instrument's terms, a state of its market, or neither (`reason`)."""

    what: What
    data: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MarketState:
    """Bid, ask, marks and Greeks of one contract at one instant; `values` by column of the store."""

    contract: str
    at: datetime
    values: Mapping[str, float | None]


def split_message(message: Any) -> Iterator[Record]:
    """Yield the facts of one JSON-RPC message, at least one. Raises `ValueError` for no such message."""
    if not isinstance(message, dict):
        raise ValueError("not a JSON object")
    if message.get("method") == "subscription":
        yield _pushed(message)
    elif "error" in message:
        yield Record("other", {}, "error replies")
    elif "result" in message:
        yield from _answered(message["result"])
    elif "method" in message:
        yield Record("other", {}, "requests and heartbeats")
    else:
        raise ValueError("not a message of Deribit's API")


def parse_state(data: Mapping[str, Any]) -> MarketState:
    """Return what a ticker, quote or book summary says. Raises `ValueError` where it cannot be so."""
    contract = data.get("instrument_name")
    if not isinstance(contract, str):
        raise ValueError("no instrument_name")
    stats = _mapping(data, "stats")
    greeks = _mapping(data, "greeks")
    bid = _price(data, "best_bid_price", "bid_price")
    ask = _price(data, "best_ask_price", "ask_price")
    iv = _number(data, "mark_iv")
    values = {
        "bid": bid,
        "ask": ask,
        "bid_size": None if bid is None else _number(data, "best_bid_amount"),
        "ask_size": None if ask is None else _number(data, "best_ask_amount"),
        "last": _price(data, "last_price", "last"),
        "mark": _number(data, "mark_price"),
        "volume": _number(stats, "volume") if stats else _number(data, "volume"),
        "open_interest": _number(data, "open_interest"),
        "underlying_price": _price(data, "underlying_price"),
        "venue_iv": iv / 100 if iv else None,
        "venue_delta": _number(greeks, "delta"),
        "venue_gamma": _number(greeks, "gamma"),
        "venue_vega": _number(greeks, "vega"),
        "venue_theta": _number(greeks, "theta"),
    }
    if all(values[name] is None for name in ("bid", "ask", "last", "mark")):
        raise ValueError("no price at all")
    return MarketState(contract, _instant(data, "timestamp", "creation_timestamp"), values)


def build_instrument(namer: Namer, data: Mapping[str, Any]) -> Instrument:
    """Return an instrument with the terms a reply states. Raises `ValueError`, `AppError`."""
    contract = data.get("instrument_name")
    if not isinstance(contract, str):
        raise ValueError("no instrument_name")
    made = namer.coin_contract(names.parse_deribit(contract), contract)
    expiry = _number(data, "expiration_timestamp")
    if expiry is None:
        raise ValueError("no expiration_timestamp")
    stated: dict[str, Any] = {}
    if expiry < _FAR_FUTURE_MS:
        stated["expires_at"] = _instant(data, "expiration_timestamp")
        if stated["expires_at"].date() != made.expiry:
            raise ValueError("the name and expiration_timestamp differ")
    for field, name in (("multiplier", "contract_size"), ("tick", "tick_size")):
        value = _number(data, name)
        if value is None or value <= 0:
            raise ValueError(f"{name} is no size")
        stated[field] = value
    strike = _number(data, "strike")
    if strike is not None and strike != made.strike:
        raise ValueError("the name and strike differ")
    return replace(made, **stated)


def _pushed(message: Mapping[str, Any]) -> Record:
    params = message.get("params")
    if not isinstance(params, dict) or not isinstance(params.get("channel"), str):
        raise ValueError("a push without a channel")
    channel, data = params["channel"].split(".")[0], params.get("data")
    if channel in ("ticker", "quote"):
        if not isinstance(data, dict):
            raise ValueError("a push without data")
        return _market(data)
    return Record("other", {}, f"messages of channel {channel[:40]}")


def _answered(result: Any) -> Iterator[Record]:
    if isinstance(result, list) and result and all(isinstance(each, dict) for each in result):
        for each in result:
            yield _listed(each)
    elif isinstance(result, dict) and "instrument_name" in result:
        yield _listed(result)
    else:
        yield Record("other", {}, "replies that are no instruments, tickers or summaries")


def _listed(data: Mapping[str, Any]) -> Record:
    if data.get("kind") in _COMBO_KINDS:
        return Record("other", {}, "combinations and spot pairs")
    if "expiration_timestamp" in data:
        return Record("instrument", data)
    if "mark_price" in data:
        return _market(data)
    return Record("other", {}, "replies that are no instruments, tickers or summaries")


def _market(data: Mapping[str, Any]) -> Record:
    name = data.get("instrument_name")
    if isinstance(name, str):
        try:
            names.parse_deribit(name)
        except ValueError:
            return Record("other", {}, "combinations and spot pairs")
    return Record("market", data)


def _mapping(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = data.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError(f"{name} is no object")
    return value


def _number(data: Mapping[str, Any], *alternatives: str) -> float | None:
    for name in alternatives:
        value = data.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError(f"{name} is no number")
        return float(value)
    return None


def _price(data: Mapping[str, Any], *alternatives: str) -> float | None:
    return _number(data, *alternatives) or None


def _instant(data: Mapping[str, Any], *alternatives: str) -> datetime:
    value = _number(data, *alternatives)
    if value is None or not 0 < value < _FAR_FUTURE_MS:
        raise ValueError(f"{alternatives[0]} is no time")
    seconds, milliseconds = divmod(int(value), 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=milliseconds * 1000)
