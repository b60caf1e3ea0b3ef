"""The words of the stream: what a client may say, what we answer, why a socket is closed.

Every message is one flat JSON object in a text frame. What a client says is read with bounds: a frame holds
at most 64 KiB, an object only known members, a member only text, a number or nothing. The outer face is
`docs/streaming.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

import orjson

from tradesense.base.live import Step, Whole

MOST_FRAME_BYTES: Final = 64 * 1024
MOST_SUBSCRIPTIONS: Final = 128
MOST_MESSAGES_A_MINUTE: Final = 100
MOST_BAD_MESSAGES: Final = 10
MOST_HZ: Final = 20.0
LEAST_HZ: Final = 0.1
AUTH_SECONDS: Final = 15.0
HEARTBEAT_TOPIC: Final = "system:heartbeat"

_LONGEST_TOPIC: Final = 160
_LONGEST_CREDENTIAL: Final = 4096
_LONGEST_ID: Final = 64
_MOST_ID: Final = 2**53
_MOST_BRACKETS: Final = 64
_BRACKET: Final = re.compile(rb"[\[{]")


class CloseCode(IntEnum):
    """Why we close a socket."""

    BAD_PROTOCOL = 1008
    TOO_BIG = 1009
    RESTARTS = 1012
    TRY_LATER = 1013
    SESSION_ENDED = 4401
    NOT_PERMITTED = 4403
    TOO_MANY = 4429


REASONS: Final = {
    CloseCode.BAD_PROTOCOL: "too many messages that could not be read",
    CloseCode.TOO_BIG: "a message over 64 KiB",
    CloseCode.RESTARTS: "the server restarts",
    CloseCode.TRY_LATER: "too many connections at the moment",
    CloseCode.SESSION_ENDED: "not signed in, or not any more",
    CloseCode.NOT_PERMITTED: "this caller may follow nothing",
    CloseCode.TOO_MANY: "too many messages or connections",
}


class Code(StrEnum):
    """What went wrong with one message; stable, for programs."""

    BAD_JSON = "bad_json"
    BAD_MESSAGE = "bad_message"
    UNKNOWN_OP = "unknown_op"
    UNKNOWN_TOPIC = "unknown_topic"
    BAD_RATE = "bad_max_hz"
    UNAUTHENTICATED = "unauthorized"
    BAD_CREDENTIAL = "bad_credential"
    OTHER_PERSON = "other_person"
    FORBIDDEN = "insufficient_scope"
    NOT_SUBSCRIBED = "not_subscribed"
    TOO_MANY_SUBSCRIPTIONS = "too_many_subscriptions"
    UNAVAILABLE = "unavailable"


class Op(StrEnum):
    """What a client can ask for."""

    AUTH = "auth"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    RESYNC = "resync"
    PING = "ping"


MessageId = int | str | None
MEMBERS: Final[dict[Op, frozenset[str]]] = {
    Op.AUTH: frozenset({"token", "ticket"}),
    Op.SUBSCRIBE: frozenset({"topic", "max_hz"}),
    Op.UNSUBSCRIBE: frozenset({"topic"}),
    Op.RESYNC: frozenset({"topic"}),
    Op.PING: frozenset(),
}
"""What a message may hold beside `op` and `id`."""


class Refused(Exception):
    """A message that is not done; `code` and `detail` are told to who sent it."""

    def __init__(self, code: Code, detail: str, message_id: MessageId = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.message_id = message_id


@dataclass(frozen=True, slots=True)
class Asked:
    """One message of a client, read: of `topic`, `token` and `ticket` those that its `op` has."""

    op: Op
    id: MessageId = None
    topic: str = ""
    max_hz: float | None = None
    token: str | None = None
    ticket: str | None = None


def read_message(data: bytes) -> Asked:
    """Read what a client sent. Raises `Refused`.

    >>> read_message(b'{"id": 1, "op": "subscribe", "topic": "board:CL", "max_hz": 2}').max_hz
    2.0
    """
    message = _object(data)
    number = _id_of(message)
    try:
        op = Op(message["op"])  # type: ignore[arg-type] # whatever it is not is refused
    except (KeyError, ValueError, TypeError):
        raise Refused(Code.UNKNOWN_OP, f"`op` is one of {', '.join(Op)}.", number) from None
    if not message.keys() - {"op", "id"} <= MEMBERS[op]:
        raise Refused(Code.BAD_MESSAGE, f"`{op}` has no such member.", number)
    if op is Op.PING:
        return Asked(op, number)
    if op is Op.AUTH:
        return _read_auth(message, number)
    topic = _text(message, "topic", _LONGEST_TOPIC, number)
    return Asked(op, number, topic=topic, max_hz=_rate_of(message, number))


def _object(data: bytes) -> dict[str, object]:
    # No message nests: what is deep is refused before it is read.
    if len(_BRACKET.findall(data)) > _MOST_BRACKETS:
        raise Refused(Code.BAD_MESSAGE, "A message is one flat JSON object.")
    try:
        message = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise Refused(Code.BAD_JSON, "A message is one JSON object.") from None
    if not isinstance(message, dict):
        raise Refused(Code.BAD_MESSAGE, "A message is one JSON object.")
    return message


def _read_auth(message: dict[str, object], number: MessageId) -> Asked:
    given = [name for name in ("token", "ticket") if name in message]
    if len(given) != 1:
        raise Refused(Code.BAD_MESSAGE, "`auth` brings either `token` or `ticket`.", number)
    text = _text(message, given[0], _LONGEST_CREDENTIAL, number)
    if given == ["token"]:
        return Asked(Op.AUTH, number, token=text)
    return Asked(Op.AUTH, number, ticket=text)


def _id_of(message: dict[str, object]) -> MessageId:
    number = message.get("id")
    if number is None or (isinstance(number, str) and len(number) <= _LONGEST_ID):
        return number
    if isinstance(number, int) and not isinstance(number, bool) and abs(number) <= _MOST_ID:
        return number
    raise Refused(Code.BAD_MESSAGE, f"`id` is a whole number or a text of up to {_LONGEST_ID} characters.")


def _text(message: dict[str, object], name: str, longest: int, number: MessageId) -> str:
    text = message.get(name)
    if not isinstance(text, str) or not text or len(text) > longest:
        raise Refused(Code.BAD_MESSAGE, f"`{name}` is a text of up to {longest} characters.", number)
    return text


def _rate_of(message: dict[str, object], number: MessageId) -> float | None:
    rate = message.get("max_hz")
    if rate is None:
        return None
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not rate >= LEAST_HZ:
        raise Refused(Code.BAD_RATE, f"`max_hz` is a number of {LEAST_HZ:g} or more.", number)
    return min(float(rate), MOST_HZ)


# What we say. Frames of a topic are made of the bytes that the bus and the cache carry.


def snapshot_frame(topic: str, whole: Whole) -> bytes:
    """Return the frame that tells a topic's whole state; `topic` is one that the grammar knows."""
    return b'{"topic":"%b","seq":%d,"kind":"snapshot","ts":"%b","data":%b}' % (
        topic.encode(),
        whole.seq,
        whole.ts.encode(),
        whole.body,
    )


def delta_frame(topic: str, step: Step) -> bytes:
    """Return the frame that tells what changed; the step has a body."""
    assert step.body is not None
    return b'{"topic":"%b","seq":%d,"prev":%d,"kind":"delta","ts":"%b","data":%b}' % (
        topic.encode(),
        step.seq,
        step.prev,
        step.ts.encode(),
        step.body,
    )


def status_frame(topic: str, ts: str, state: str, detail: str) -> bytes:
    """Return the frame that says how it is with a topic."""
    data = {"state": state, "detail": detail}
    return orjson.dumps({"topic": topic, "kind": "status", "ts": ts, "data": data})


def heartbeat_frame(ts: str, feeds: Iterable[object]) -> bytes:
    """Return the frame that says we are here, and how each feed is."""
    return orjson.dumps({"topic": HEARTBEAT_TOPIC, "kind": "status", "ts": ts, "data": {"feeds": [*feeds]}})


def done(number: MessageId) -> bytes:
    """Return the answer to what was done."""
    return orjson.dumps({"id": number, "ok": True})


def granted(number: MessageId, max_hz: float) -> bytes:
    """Return the answer to a subscription."""
    return orjson.dumps({"id": number, "ok": True, "granted": {"max_hz": max_hz}})


def pong(number: MessageId, ts: str) -> bytes:
    """Return the answer to a ping."""
    return orjson.dumps({"id": number, "ok": True, "pong": ts})


def refusal(error: Refused) -> bytes:
    """Return the answer to what was not done."""
    told = {"code": error.code, "detail": error.detail}
    return orjson.dumps({"id": error.message_id, "ok": False, "error": told})
