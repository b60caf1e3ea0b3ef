"""Recognising callers: asked once a second, forgotten at once, never by what was read before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from tradesense.auth import recognise
from tradesense.auth.recognise import RecognisedCallers
from tradesense.auth.session_repository import Bearer
from tradesense.auth.tokens import AccessTokens
from tradesense.base.clock import FixedClock
from tradesense.base.principal import Permission, Principal

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
USER, SESSION = uuid4(), uuid4()


class OneSession:
    """The database as recognising sees it: one session, read slowly where `gate` is closed."""

    def __init__(self) -> None:
        self.lives = True
        self.reads = 0
        self.touched: dict[UUID, datetime] = {}
        self.begun = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        yield self

    async def find_bearer(self) -> Bearer | None:
        self.reads += 1
        self.begun.set()
        lives = self.lives
        await self.gate.wait()
        if not lives:
            return None
        return Bearer(USER, "trader", START + timedelta(days=7), START)


class NoKeys:
    async def recognise(self, credential: str) -> Principal | None:
        raise AssertionError(credential)

    def forget_user(self, user_id: object) -> None:
        """There are none."""

    def forget_key(self, key_id: object) -> None:
        """There are none."""


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    class Repository:
        def __init__(self, session: OneSession) -> None:
            self._session = session

        async def find_bearer(
            self, session_id: UUID, user_id: UUID, *, needs_verified_email: bool
        ) -> Bearer | None:
            assert (session_id, user_id, needs_verified_email) == (SESSION, USER, False)
            return await self._session.find_bearer()

        async def touch(self, used: dict[UUID, datetime]) -> None:
            self._session.touched |= used

    class Roles:
        def __init__(self, *_: object) -> None:
            """Needs nothing."""

        async def permissions_of(self, role: str) -> frozenset[Permission]:
            assert role == "trader"
            return frozenset({Permission.MARKET_READ})

    monkeypatch.setattr(recognise, "SessionRepository", Repository)
    monkeypatch.setattr(recognise, "Users", Roles)
    clock, stored = FixedClock(START), OneSession()
    tokens = AccessTokens(b"k" * 32, clock, seconds=900)
    seconds = [0.0]
    callers = RecognisedCallers(
        stored,
        clock,
        tokens,
        NoKeys(),
        idle_life=timedelta(hours=72),
        monotonic=lambda: seconds[0],  # type: ignore[arg-type]
    )
    return SimpleNamespace(
        callers=callers, stored=stored, clock=clock, seconds=seconds, token=tokens.issue(USER, SESSION)
    )


async def test_many_requests_within_a_second_ask_once(desk: SimpleNamespace) -> None:
    found = await asyncio.gather(*(desk.callers.recognise(desk.token) for _ in range(50)))

    assert {caller.user_id for caller in found} == {USER}
    assert desk.stored.reads == 1
    desk.seconds[0] = 1.0
    await desk.callers.recognise(desk.token)
    assert desk.stored.reads == 2


@pytest.mark.parametrize("forgets", ["forget_user", "forget_credential"])
async def test_what_is_forgotten_is_asked_again_at_once(desk: SimpleNamespace, forgets: str) -> None:
    assert await desk.callers.recognise(desk.token) is not None

    desk.stored.lives = False
    getattr(desk.callers, forgets)(USER if forgets == "forget_user" else SESSION)

    assert await desk.callers.recognise(desk.token) is None


@pytest.mark.parametrize("forgets", ["forget_user", "forget_credential"])
async def test_what_was_being_read_when_it_was_forgotten_is_not_kept(
    desk: SimpleNamespace, forgets: str
) -> None:
    desk.stored.gate.clear()
    early = asyncio.create_task(desk.callers.recognise(desk.token))
    await desk.stored.begun.wait()

    desk.stored.lives = False
    getattr(desk.callers, forgets)(USER if forgets == "forget_user" else SESSION)
    late = asyncio.create_task(desk.callers.recognise(desk.token))
    await asyncio.sleep(0)
    desk.stored.gate.set()

    assert await early is not None
    assert await late is None
    assert await desk.callers.recognise(desk.token) is None


async def test_who_asks_first_may_go_away_without_harm_to_the_others(desk: SimpleNamespace) -> None:
    desk.stored.gate.clear()
    first, second = (asyncio.create_task(desk.callers.recognise(desk.token)) for _ in range(2))
    await desk.stored.begun.wait()
    first.cancel()
    desk.stored.gate.set()

    assert await second is not None


async def test_a_remembered_token_and_session_still_run_out(desk: SimpleNamespace) -> None:
    assert await desk.callers.recognise(desk.token) is not None
    desk.clock.move_to(START + timedelta(seconds=900))
    assert await desk.callers.recognise(desk.token) is None


async def test_a_use_is_written_down_once_a_minute_and_beside_the_request(desk: SimpleNamespace) -> None:
    writing = asyncio.create_task(desk.callers.keep_uses())
    for second in (59, 60, 61, 100):
        desk.clock.move_to(START + timedelta(seconds=second))
        await desk.callers.recognise(desk.token)
        assert not desk.stored.touched or second > 60
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    writing.cancel()
    assert desk.stored.touched == {SESSION: START + timedelta(seconds=60)}


@pytest.mark.parametrize(
    "credential", ["", "x", "a.b.c", "ts_rt_" + "A" * 75, "x" * 1_000_000, "\ud800", "é" * 40]
)
async def test_any_other_text_is_nobody_and_asks_nothing(desk: SimpleNamespace, credential: str) -> None:
    assert await desk.callers.recognise(credential) is None
    assert desk.stored.reads == 0
