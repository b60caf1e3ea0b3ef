"""What a followed topic tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Update:
    """The topic's document as it is now, whole, whether a snapshot or a delta brought it here.

    `data` has the shape of the answer of the same name over HTTP; it is yours to read, not to change.
    """

    topic: str
    seq: int
    ts: str
    data: dict[str, Any]
    kind: Literal["update"] = "update"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something after `seq` was missed: the line broke, or a step did not fit. A snapshot follows."""

    topic: str
    seq: int
    reason: str
    kind: Literal["gap"] = "gap"


@dataclass(frozen=True, slots=True)
class Status:
    """The server says how the topic is doing, for instance `waiting` where it has no state yet."""

    topic: str
    state: str
    detail: str
    kind: Literal["status"] = "status"


Event = Update | Gap | Status
