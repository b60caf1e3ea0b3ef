"""Quotes of one's own on their way in: cut into parts the server takes, reported as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final, NotRequired, TypedDict

QUOTES_A_CALL: Final = 2_000


class PushedQuote(TypedDict):
    """The state of one contract at one instant; what is left out is not known."""

    symbol: str
    ts: datetime | str
    seq: NotRequired[int]
    bid: NotRequired[float | None]
    ask: NotRequired[float | None]
    bid_size: NotRequired[float | None]
    ask_size: NotRequired[float | None]
    last: NotRequired[float | None]
    mark: NotRequired[float | None]
    volume: NotRequired[float | None]
    open_interest: NotRequired[float | None]
    underlying_price: NotRequired[float | None]


class RejectedQuote(TypedDict):
    """A quote that was left out, by its place among those given."""

    index: int
    reason: str


class PushReport(TypedDict):
    """What became of the quotes; `duplicate` ones were there already."""

    accepted: int
    duplicate: int
    rejected: list[RejectedQuote]


def parts(quotes: Iterable[PushedQuote]) -> Iterator[list[dict[str, Any]]]:
    """Yield the quotes as the server takes them, up to 2,000 at a time."""
    left = iter(quotes)
    while part := list(islice(left, QUOTES_A_CALL)):
        yield [{**quote, "ts": _said(quote["ts"])} for quote in part]


def together(reports: Sequence[PushReport]) -> PushReport:
    """Return the reports of all parts as one, places counted through."""
    whole = PushReport(accepted=0, duplicate=0, rejected=[])
    for number, report in enumerate(reports):
        whole["accepted"] += report["accepted"]
        whole["duplicate"] += report["duplicate"]
        whole["rejected"] += [
            RejectedQuote(index=number * QUOTES_A_CALL + each["index"], reason=each["reason"])
            for each in report["rejected"]
        ]
    return whole


def _said(moment: datetime | str) -> str:
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise ValueError("a quote's time needs a time zone")
        return moment.isoformat()
    return moment
