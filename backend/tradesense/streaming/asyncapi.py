"""The AsyncAPI document of the stream, made from the words and topics that the code knows."""

from __future__ import annotations

from typing import Any

from tradesense.streaming import protocol
from tradesense.streaming.protocol import MEMBERS, REASONS, Code, Op
from tradesense.streaming.topics import GRAMMAR

Document = dict[str, Any]

_TEXT: Document = {"type": "string"}
_TIME: Document = {"type": "string", "format": "date-time"}
_ID: Document = {"type": ["integer", "string", "null"]}
_MEMBER: dict[str, Document] = {
    "topic": _TEXT,
    "token": {**_TEXT, "description": "An access token or API key."},
    "ticket": {**_TEXT, "description": "From `POST /api/v1/stream/ticket`."},
    "max_hz": {"type": "number", "minimum": protocol.LEAST_HZ, "description": "The most states a second."},
}
_OPTIONAL = frozenset({"max_hz", "token", "ticket"})


def build_asyncapi(version: str) -> Document:
    """Return the document; the same for the same code."""
    asked = {op.value: _asked(op) for op in Op}
    said = _said()
    reference = "#/channels/stream/messages/"
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "TradeSense stream",
            "version": version,
            "description": "Market data as it changes, over one WebSocket. `docs/streaming.md` tells how to "
            "follow it, who may, and how a delta is laid over a document.",
        },
        "channels": {
            "stream": {
                "address": "/api/v1/stream",
                "description": _bounds(),
                "messages": asked | said,
                "bindings": {"ws": {"method": "GET"}},
                "x-topics": dict(GRAMMAR),
                "x-close-codes": {str(code.value): REASONS[code] for code in REASONS},
            }
        },
        "operations": {
            "ask": {
                "action": "receive",
                "channel": {"$ref": "#/channels/stream"},
                "messages": [{"$ref": reference + name} for name in asked],
            },
            "tell": {
                "action": "send",
                "channel": {"$ref": "#/channels/stream"},
                "messages": [{"$ref": reference + name} for name in said],
            },
        },
    }


def _bounds() -> str:
    return (
        f"Bounds of a connection: {protocol.MOST_SUBSCRIPTIONS} topics, {protocol.MOST_MESSAGES_A_MINUTE} "
        f"messages a minute from the client, {protocol.MOST_FRAME_BYTES // 1024} KiB each, "
        f"{protocol.AUTH_SECONDS:g} s to say who calls."
    )


def _asked(op: Op) -> Document:
    members = sorted(MEMBERS[op])
    schema: Document = _object(
        {"id": _ID, "op": {"const": op.value}, **{name: _MEMBER[name] for name in members}},
        required=["op", *(name for name in members if name not in _OPTIONAL)],
    )
    if op is Op.AUTH:
        schema["oneOf"] = [{"required": ["token"]}, {"required": ["ticket"]}]
    return {"name": op.value, "payload": schema}


def _said() -> dict[str, Document]:
    state: Document = {"topic": _TEXT, "seq": {"type": "integer"}, "ts": _TIME, "data": {"type": "object"}}
    error = _object({"code": {"enum": [code.value for code in Code]}, "detail": _TEXT})
    schemas = {
        "snapshot": _object({**state, "kind": {"const": "snapshot"}}),
        "delta": _object({**state, "prev": {"type": "integer"}, "kind": {"const": "delta"}}),
        "status": _object(
            {"topic": _TEXT, "kind": {"const": "status"}, "ts": _TIME, "data": {"type": "object"}}
        ),
        "done": _object(
            {
                "id": _ID,
                "ok": {"const": True},
                "granted": _object({"max_hz": {"type": "number"}}),
                "pong": _TIME,
            },
            required=["id", "ok"],
        ),
        "refused": _object({"id": _ID, "ok": {"const": False}, "error": error}),
    }
    return {name: {"name": name, "payload": schema} for name, schema in schemas.items()}


def _object(properties: Document, required: list[str] | None = None) -> Document:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties) if required is None else required,
        "additionalProperties": False,
    }
