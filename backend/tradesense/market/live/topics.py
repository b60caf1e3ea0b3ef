"""The names under which live states are kept and told; `streaming` reads the same grammar.

Every topic is published under its name with the source (`board:BTC@deribit`), and once more without
it where that source is the one that answers when none is named.
"""

from __future__ import annotations

from datetime import date
from typing import Final

FEEDS: Final = "system:feeds"


def quotes_topic(symbol: str) -> str:
    return f"quotes:{symbol}"


def board_topic(root: str) -> str:
    return f"board:{root}"


def curve_topic(root: str) -> str:
    return f"curve:{root}"


def chain_topic(underlying: str, expiry: date) -> str:
    return f"chain:{underlying}:{expiry.isoformat()}"


def expiries_topic(underlying: str) -> str:
    """Name the list of chains; kept for the desks' own use, not told to clients."""
    return f"expiries:{underlying}"


def surface_topic(underlying: str) -> str:
    return f"surface:{underlying}"


def bars_topic(symbol: str, interval: str) -> str:
    return f"bars:{symbol}:{interval}"


def of_source(topic: str, source: str) -> str:
    """Return the topic as one source says it."""
    return f"{topic}@{source}"
