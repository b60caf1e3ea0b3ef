"""Messages are read within bounds, frames written byte for byte, topics known by their grammar."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from tests.fixtures.app import A_TRADER
from tradesense.base.live import Step, Whole
from tradesense.base.principal import Permission
from tradesense.streaming import protocol
from tradesense.streaming.protocol import Asked, Code, Op, Refused, read_message
from tradesense.streaming.topics import GRAMMAR, own_topic, resolve
from tradesense.streaming.wire import text_frame

TS = "2026-03-20T14:30:00.000Z"


def test_a_subscription_is_read_with_its_rate() -> None:
    asked = read_message(b'{"id":"a","op":"subscribe","topic":"board:ES","max_hz":4}')
    assert asked == Asked(Op.SUBSCRIBE, "a", topic="board:ES", max_hz=4.0)


def test_a_rate_beyond_ours_is_ours() -> None:
    assert read_message(b'{"op":"subscribe","topic":"board:ES","max_hz":1e6}').max_hz == protocol.MOST_HZ


def test_auth_brings_a_token_or_a_ticket() -> None:
    assert read_message(b'{"op":"auth","token":"t"}').token == "t"
    assert read_message(b'{"op":"auth","ticket":"t"}').ticket == "t"
    with pytest.raises(Refused):
        read_message(b'{"op":"auth","ticket":"t","token":"t"}')


def test_a_refusal_names_the_message_it_is_about() -> None:
    with pytest.raises(Refused) as refused:
        read_message(b'{"id":7,"op":"fly"}')
    assert json.loads(protocol.refusal(refused.value))["id"] == 7


@given(st.binary(max_size=300))
def test_no_bytes_at_all_do_more_than_being_refused(data: bytes) -> None:
    with suppress(Refused):
        assert read_message(data).op in Op


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists))
def test_no_value_of_a_member_does_more_than_being_refused(value: object) -> None:
    for name in ("id", "op", "topic", "max_hz", "token"):
        message = {"op": "subscribe", "topic": "board:ES", name: value}
        with suppress(Refused):
            assert read_message(json.dumps(message).encode()).op in Op


def test_frames_are_the_documented_json() -> None:
    whole, step = Whole(12, b'{"a":1}', TS), Step("board:ES", 12, 11, b'{"a":null}', TS)
    assert json.loads(protocol.snapshot_frame("board:ES", whole)) == {
        "topic": "board:ES",
        "seq": 12,
        "kind": "snapshot",
        "ts": TS,
        "data": {"a": 1},
    }
    assert json.loads(protocol.delta_frame("board:ES", step)) == {
        "topic": "board:ES",
        "seq": 12,
        "prev": 11,
        "kind": "delta",
        "ts": TS,
        "data": {"a": None},
    }


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536, 200_000])
def test_a_frame_is_what_the_library_would_write(size: int) -> None:
    payload = b"x" * size
    expected = Frame(Opcode.TEXT, payload).serialize(mask=False)
    assert text_frame(payload) == (b"".join(expected) if isinstance(expected, list) else expected)


@pytest.mark.parametrize(
    "topic",
    [
        "quotes:ES-2026-03",
        "quotes:SPXW-2021-01-06-3700-P@deribit",
        "board:M&M",
        "board:BTC@simulated",
        "curve:CL",
        "chain:CL:2026-03-17",
        "chain:BTC:2026-03-17@deribit",
        "surface:SPX",
        "bars:BTC-PERP:1m",
        "system:feeds",
    ],
)
def test_a_topic_of_the_market_is_called_on_the_bus_as_it_is_by_clients(topic: str) -> None:
    assert resolve(topic, A_TRADER).wire == topic


@pytest.mark.parametrize(
    "topic",
    [
        "",
        "board:",
        "board:es",
        "board:ES ",
        "board:ES\n",
        'board:ES"',
        "board:ES@",
        "board:ES@a@b",
        "board:" + "E" * 65,
        "chain:CL",
        "chain:CL:2026-13-01",
        "bars:ES-2026-03",
        "bars:ES-2026-03:0m",
        "system:heartbeat",
        "system:feeds@simulated",
        "user:",
        "user:alerts@x",
        f"user:{UUID(int=9)}:alerts",
        "nothing:ES",
        "board:ÄS",
    ],
)
def test_anything_else_is_no_topic(topic: str) -> None:
    with pytest.raises(Refused) as refused:
        resolve(topic, A_TRADER)
    assert refused.value.code is Code.UNKNOWN_TOPIC


def test_user_topics_are_the_caller_s_own() -> None:
    named = resolve("user:alerts", A_TRADER)
    assert named.shown == "user:alerts"
    assert named.wire == own_topic(A_TRADER.user_id, "alerts")
    other = replace(A_TRADER, user_id=UUID(int=77))
    assert resolve("user:alerts", other).wire != named.wire


def test_who_may_not_read_the_market_is_refused_by_kind_of_topic() -> None:
    keyless = replace(A_TRADER, permissions=frozenset({Permission.PORTFOLIO_READ}))
    with pytest.raises(Refused) as refused:
        resolve("board:ES", keyless)
    assert refused.value.code is Code.FORBIDDEN
    assert resolve("user:positions", keyless).shown == "user:positions"


def test_the_grammar_lists_every_kind_of_topic() -> None:
    assert len(GRAMMAR) == 10
