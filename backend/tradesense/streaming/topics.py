"""The grammar of topics: which there are, who may follow them, and the name the bus has for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tradesense.base.principal import Permission, Principal
from tradesense.streaming.protocol import Code, Refused

FEEDS: Final = "system:feeds"

_NAME = r"[A-Z0-9][A-Za-z0-9&._-]{0,63}"
_SOURCE = r"(?:@[a-z0-9][a-z0-9_-]{0,31})?"
_DATE = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_MARKET: Final = re.compile(
    rf"(?:(?:quotes|board|curve|surface):{_NAME}|chain:{_NAME}:{_DATE}|bars:{_NAME}:[1-9]\d{{0,2}}[smhd])"
    rf"{_SOURCE}",
    re.ASCII,
)
_OWN: Final = {f"user:{name}": name for name in ("alerts", "notifications", "positions")}

GRAMMAR: Final = {
    "quotes:{symbol}": "The newest quote of one instrument, as in `GET /futures/quotes`.",
    "board:{root}": "A product with its contracts, as `GET /futures/{root}`; `contracts` by `symbol`.",
    "curve:{root}": "A term structure, as `GET /futures/{root}/curve`; `points` by `symbol`.",
    "chain:{underlying}:{expiry}": "A chain, as `GET /options/{underlying}/chain`; `rows` by `strike`.",
    "surface:{underlying}": "A volatility surface, as `GET /options/{underlying}/surface`; told whole.",
    "bars:{symbol}:{interval}": "The newest bars, the last one still open; told whole.",
    "user:alerts": "The caller's alerts.",
    "user:notifications": "The caller's notifications.",
    "user:positions": "The caller's positions.",
    "system:feeds": "How each feed is, as `GET /feeds`; `items` by `feed`.",
}
"""Every kind of topic with what its `data` holds. A market topic may end in `@source`."""


@dataclass(frozen=True, slots=True)
class Named:
    """A topic by the name its reader has for it, and by the name it has on the bus."""

    shown: str
    wire: str


def resolve(topic: str, caller: Principal) -> Named:
    """Return what a caller means by a topic: `user:*` are the caller's own, nobody can name another's.

    Raises `Refused` for what is no topic and for what the caller may not follow.
    """
    own = _OWN.get(topic)
    if own is not None:
        _check(caller, Permission.PORTFOLIO_READ)
        return Named(topic, own_topic(caller.user_id, own))
    if topic != FEEDS and not _MARKET.fullmatch(topic):
        raise Refused(Code.UNKNOWN_TOPIC, "There is no such topic.")
    _check(caller, Permission.MARKET_READ)
    return Named(topic, topic)


def own_topic(user_id: UUID, name: str) -> str:
    """Return the bus's name of one person's `alerts`, `notifications` or `positions`."""
    return f"user:{user_id}:{name}"


def _check(caller: Principal, permission: Permission) -> None:
    if not caller.may(permission):
        raise Refused(Code.FORBIDDEN, f"This needs the permission {permission}.")
