"""A client of TradeSense: market data of futures and options by asking, and live."""

from __future__ import annotations

from tradesense_client.blocking import BlockingTradeSense
from tradesense_client.client import TradeSense
from tradesense_client.errors import (
    ConnectionLost,
    NotPermitted,
    NotSignedIn,
    NotThere,
    Problem,
    SecondFactorNeeded,
    StreamRefused,
    TooMany,
    TradeSenseError,
    Unavailable,
)
from tradesense_client.events import Event, Gap, Status, Update
from tradesense_client.pushing import PushedQuote, PushReport
from tradesense_client.stream import Stream

__all__ = [
    "BlockingTradeSense",
    "ConnectionLost",
    "Event",
    "Gap",
    "NotPermitted",
    "NotSignedIn",
    "NotThere",
    "Problem",
    "PushReport",
    "PushedQuote",
    "SecondFactorNeeded",
    "Status",
    "Stream",
    "StreamRefused",
    "TooMany",
    "TradeSense",
    "TradeSenseError",
    "Unavailable",
    "Update",
]
__version__ = "0.1.0"
