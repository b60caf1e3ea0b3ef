"""The AsyncAPI file is what the code says, and what the code says is valid by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.data_folder import PROJECT
from tradesense import __version__
from tradesense.base.live import Step, Whole
from tradesense.streaming import protocol
from tradesense.streaming.asyncapi import build_asyncapi
from tradesense.streaming.protocol import Code, Refused

FILE = Path(PROJECT) / "docs" / "asyncapi.json"
MESSAGES: dict[str, Any] = build_asyncapi(__version__)["channels"]["stream"]["messages"]
TS = "2026-03-20T14:30:00.000Z"
TELLINGS = [
    ("snapshot", protocol.snapshot_frame("board:ES", Whole(2, b"{}", TS))),
    ("delta", protocol.delta_frame("board:ES", Step("board:ES", 2, 1, b"{}", TS))),
    ("status", protocol.status_frame("board:ES", TS, "waiting", "")),
    ("status", protocol.heartbeat_frame(TS, [])),
    ("done", protocol.granted(1, 4.0)),
    ("done", protocol.pong("a", TS)),
    ("done", protocol.done(None)),
    ("refused", protocol.refusal(Refused(Code.UNKNOWN_TOPIC, "There is no such topic.", 1))),
]


def test_the_file_is_the_code_s() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == build_asyncapi(__version__), "run 'make client'"


@pytest.mark.parametrize(("name", "frame"), TELLINGS)
def test_what_we_say_is_as_documented(name: str, frame: bytes) -> None:
    Draft202012Validator(MESSAGES[name]["payload"]).validate(json.loads(frame))


@pytest.mark.parametrize("op", list(protocol.Op))
def test_what_is_documented_is_what_we_read(op: protocol.Op) -> None:
    values = {"topic": "board:ES", "max_hz": 1, "token": "t"}
    message = {"op": op.value, **{name: values[name] for name in protocol.MEMBERS[op] if name in values}}
    Draft202012Validator(MESSAGES[op.value]["payload"]).validate(message)
    assert protocol.read_message(json.dumps(message).encode()).op is op
