"""R43: each socket has its bounds; past one it is answered or closed, and nobody else notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.fixtures.people import People
from tests.fixtures.served import ServedApp
from tests.fixtures.stream_client import Talker, status_of_opening, talking
from tests.fixtures.stream_line import live_hub, say


@pytest.fixture
def token(people: People) -> str:
    return people.tokens(people.register()).access


@pytest.fixture
def talker(served_app: ServedApp, token: str) -> Iterator[Talker]:
    with talking(served_app.url, token) as talker:
        yield talker


@pytest.fixture
def bystander(served_app: ServedApp, people: People) -> Iterator[Talker]:
    """Somebody else, who must not notice anything."""
    with talking(served_app.url, people.tokens(people.register()).access) as talker:
        yield talker
        assert talker.ask("ping")["ok"]


@pytest.mark.usefixtures("bystander")
def test_r43_a_message_over_64_kib_closes_with_1009(talker: Talker) -> None:
    talker.connection.send('{"op":"ping","id":"' + "x" * 70_000 + '"}')
    assert talker.code_of_close()[0] == 1009


@pytest.mark.usefixtures("bystander")
def test_r43_many_fragments_are_too_big_as_well(talker: Talker) -> None:
    with suppress(ConnectionClosed):  # it may hear of it while it still talks
        talker.connection.send(iter(["x" * 30_000] * 3))
    assert talker.code_of_close()[0] == 1009


@pytest.mark.usefixtures("bystander")
def test_r43_a_flood_of_messages_closes_with_4429(talker: Talker) -> None:
    for _ in range(100):
        talker.say("ping")
    assert talker.hear_of(id=90)["ok"]
    for _ in range(20):
        talker.say("ping")
    assert talker.code_of_close()[0] == 4429


@pytest.mark.usefixtures("bystander")
@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("not json", "bad_json"),
        ("[]", "bad_message"),
        ('"text"', "bad_message"),
        ("[" * 20_000 + "]" * 20_000, "bad_message"),
        ('{"op":' + '{"a":' * 500 + "1" + "}" * 500 + "}", "bad_message"),
        ('{"op":"drop"}', "unknown_op"),
        ('{"op":["ping"]}', "unknown_op"),
        ("{}", "unknown_op"),
        ('{"op":"ping","more":1}', "bad_message"),
        ('{"op":"ping","id":{"a":1}}', "bad_message"),
        ('{"op":"ping","id":1e999}', "bad_json"),
        ('{"op":"subscribe"}', "bad_message"),
        ('{"op":"subscribe","topic":7}', "bad_message"),
        ('{"op":"subscribe","topic":"board:ES","max_hz":-1}', "bad_max_hz"),
        ('{"op":"subscribe","topic":"board:ES","max_hz":true}', "bad_max_hz"),
        ('{"op":"subscribe","topic":"nothing:ES"}', "unknown_topic"),
        ('{"op":"subscribe","topic":"user:00000000-0000-0000-0000-000000000001:alerts"}', "unknown_topic"),
        ('{"op":"resync","topic":"board:ES"}', "not_subscribed"),
        ('{"op":"auth"}', "bad_message"),
        (b"\x00\xff", "bad_json"),
        (b"", "bad_json"),
    ],
)
def test_r43_what_is_no_message_is_answered(talker: Talker, message: str | bytes, code: str) -> None:
    talker.connection.send(message)
    assert talker.hear_of(ok=False)["error"]["code"] == code
    assert talker.ask("ping")["ok"]


@pytest.mark.usefixtures("bystander")
def test_r43_text_that_is_not_utf_8_is_answered(talker: Talker) -> None:
    talker.connection.send(b"\xff\xfe", text=True)
    assert talker.hear_of(ok=False)["error"]["code"] == "bad_json"


def test_r43_who_talks_nonsense_again_and_again_is_closed_with_1008(talker: Talker) -> None:
    for _ in range(10):
        talker.connection.send("nonsense")
    assert talker.code_of_close()[0] == 1008


async def test_r43_the_129th_subscription_is_refused() -> None:
    async with live_hub() as live:
        client, line = live.connect()
        for number in range(129):
            live.seconds += 1
            say(client, "subscribe", id=number, topic=f"quotes:X{number}-2030-03")
        answers = [frame for frame in line.frames if "id" in frame]
        assert [each["ok"] for each in answers] == [True] * 128 + [False]
        assert answers[-1]["error"]["code"] == "too_many_subscriptions"
        assert line.code is None


def test_r43_the_21st_socket_of_a_person_is_closed_with_4429(
    served_app: ServedApp, people: People, bystander: Talker
) -> None:
    person = people.register()
    tokens = [people.tokens(person).access for _ in range(2)]
    with ExitStack() as stack:
        opened = [stack.enter_context(talking(served_app.url, tokens[n % 2])) for n in range(20)]
        with talking(served_app.url, tokens[0]) as one_more:
            assert one_more.code_of_close()[0] == 4429
        assert all(each.ask("ping")["ok"] for each in opened)
        opened[0].connection.close()
        with talking(served_app.url, tokens[0]) as again:
            assert again.ask("ping")["ok"]
    assert bystander.ask("ping")["ok"]


def test_r43_who_says_nothing_is_closed_within_16_seconds(served_app: ServedApp) -> None:
    with talking(served_app.url) as talker:
        code, seconds = talker.code_of_close(20)
        assert code == 4401
        assert 14 <= seconds <= 16


def test_r43_nothing_is_told_before_somebody_said_who_they_are(served_app: ServedApp, token: str) -> None:
    with talking(served_app.url) as talker:
        assert talker.ask("subscribe", topic="system:feeds")["error"]["code"] == "unauthorized"
        # What follows an `auth` at once counts on it.
        talker.say("auth", token=token)
        number = talker.say("subscribe", topic="system:feeds")
        assert talker.hear_of(id=number)["ok"]


def test_r43_a_bearer_of_nothing_gets_a_401_and_a_wrong_address_a_404(served_app: ServedApp) -> None:
    assert status_of_opening(served_app.url, "nonsense") == 401
    with pytest.raises(InvalidStatus) as refused, talking(served_app.url + "/api", "nonsense"):
        pass
    assert refused.value.response.status_code == 404


def test_r43_compression_is_not_offered(talker: Talker) -> None:
    response = talker.connection.response
    assert response is not None
    assert "Sec-WebSocket-Extensions" not in response.headers
