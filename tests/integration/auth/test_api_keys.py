"""API keys over a real database: whose they are, for how long, and how soon a change is felt."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.fixtures.waiting import until
from tradesense.auth.api_keys import MOST_KEYS, ApiKeys, TooManyKeys, UnknownKey
from tradesense.auth.api_keys_schemas import ApiKeyIn
from tradesense.auth.key_format import new_key
from tradesense.auth.models import ApiKey
from tradesense.base.clock import FixedClock
from tradesense.base.errors import Forbidden, Invalid, Unavailable
from tradesense.base.principal import Permission, Principal, Via
from tradesense.infra.database import Database
from tradesense.infra.sealing import AesSealer
from tradesense.users import Event, Letters, Outbox, Role, Status, User, Users
from tradesense.web.visitor import Visitor

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
VISITOR = Visitor("192.0.2.1", "tests", "request-1")
TRADER = frozenset(
    {
        Permission.MARKET_READ,
        Permission.PORTFOLIO_READ,
        Permission.PORTFOLIO_WRITE,
        Permission.ALERTS_WRITE,
    }
)


class Desk:
    """The keys of one person, and the means to use them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FixedClock(NOON)
        self.seconds = 0.0
        outbox = Outbox(AesSealer(b"k" * 32), self.clock, Letters("http://localhost"), lambda: None)
        self.keys = ApiKeys(database, self.clock, outbox, b"h" * 32, monotonic=lambda: self.seconds)
        self.caller = Principal(UUID(int=0), Role.TRADER, TRADER, Via.SESSION, uuid4())

    async def register(self, role: Role = Role.TRADER) -> User:
        async with self.database.transaction() as session:
            user = await Users(session, self.clock).create(
                f"{uuid4().hex}@example.com", password_hash=None, role=role
            )
        self.caller = Principal(user.id, role, TRADER, Via.SESSION, uuid4())
        return user

    async def make(self, *scopes: str, **wanted: object) -> tuple[ApiKey, str]:
        body = ApiKeyIn.model_validate({"name": "a key", "scopes": scopes or ("market:read",), **wanted})
        async with self.database.transaction() as session:
            return await self.keys.make(session, self.caller, body, VISITOR)

    async def revoke(self, key_id: UUID) -> None:
        async with self.database.transaction() as session:
            await self.keys.revoke(session, self.caller, key_id, VISITOR)

    async def sql(self, statement: str, **values: object) -> list[tuple[object, ...]]:
        async with self.database.transaction() as session:
            result = await session.execute(text(statement), values)
            return [tuple(row) for row in result.all()] if result.returns_rows else []

    def wait(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.move_to(self.clock.now() + timedelta(seconds=seconds))


@pytest.fixture
async def desk(database: Database) -> Desk:
    made = Desk(database)
    await made.register()
    return made


class Untouchable:
    """A database that must not be asked."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        raise AssertionError("the database was asked")


async def test_a_key_is_recognised_as_its_maker_with_its_scopes_only(desk: Desk) -> None:
    key, secret = await desk.make("market:read", "alerts:write")

    assert await desk.keys.recognise(secret) == Principal(
        desk.caller.user_id,
        Role.TRADER,
        frozenset({Permission.MARKET_READ, Permission.ALERTS_WRITE}),
        Via.API_KEY,
        key.id,
    )


async def test_a_mistyped_key_never_reaches_the_database() -> None:
    clock = FixedClock(NOON)
    outbox = Outbox(AesSealer(b"k" * 32), clock, Letters("http://localhost"), lambda: None)
    keys = ApiKeys(Untouchable(), clock, outbox, b"h" * 32)
    key = new_key()
    swapped = key[:20] + key[21] + key[20] + key[22:]

    for wrong in (key[:-1], key + "a", swapped if swapped != key else key[::-1], key.lower(), "ts_live_"):
        assert await keys.recognise(wrong) is None
    with pytest.raises(AssertionError):
        await keys.recognise(key)


async def test_a_well_formed_key_that_was_never_given_out_is_nobodys(desk: Desk) -> None:
    assert await desk.keys.recognise(new_key()) is None


async def test_a_key_can_do_what_its_makers_role_allows_at_that_moment(desk: Desk) -> None:
    _, secret = await desk.make("market:read", "portfolio:write")
    await desk.sql("UPDATE users SET role = 'viewer' WHERE id = :id", id=desk.caller.user_id)
    desk.keys.forget_user(desk.caller.user_id)

    caller = await desk.keys.recognise(secret)
    assert caller is not None
    assert caller.permissions == {Permission.MARKET_READ}
    assert caller.role == Role.VIEWER


async def test_what_another_process_changed_is_felt_within_a_second(desk: Desk) -> None:
    _, secret = await desk.make()
    assert await desk.keys.recognise(secret) is not None
    await desk.sql("UPDATE api_keys SET revoked_at = now()")

    assert await desk.keys.recognise(secret) is not None
    desk.wait(1.0)
    assert await desk.keys.recognise(secret) is None


async def test_a_key_works_from_memory_within_a_second(desk: Desk) -> None:
    _, secret = await desk.make()
    known = await desk.keys.recognise(secret)
    await desk.database.close()

    desk.keys._database = Untouchable()
    assert await desk.keys.recognise(secret) is known


async def test_a_revoked_key_is_nobodys_at_once(desk: Desk) -> None:
    key, secret = await desk.make()
    assert await desk.keys.recognise(secret) is not None
    await desk.revoke(key.id)

    assert await desk.keys.recognise(secret) is None


async def test_a_revocation_that_is_undone_ends_nothing(desk: Desk) -> None:
    key, secret = await desk.make()

    async def revoke_and_fail() -> None:
        async with desk.database.transaction() as session:
            await desk.keys.revoke(session, desk.caller, key.id, VISITOR)
            raise Forbidden("no")

    with pytest.raises(Forbidden):
        await revoke_and_fail()
    desk.wait(2)
    assert await desk.keys.recognise(secret) is not None


async def test_what_was_read_while_the_key_was_revoked_is_not_remembered(desk: Desk) -> None:
    key, secret = await desk.make()
    database, read, held = desk.database, asyncio.Event(), asyncio.Event()

    class Slow:
        @asynccontextmanager
        async def transaction(self) -> AsyncIterator[AsyncSession]:
            async with database.transaction() as session:
                yield session
            read.set()
            await held.wait()

    desk.keys._database = Slow()
    asking = asyncio.create_task(desk.keys.recognise(secret))
    await read.wait()
    await desk.revoke(key.id)
    held.set()
    await asking
    desk.keys._database = database

    assert await desk.keys.recognise(secret) is None


async def test_the_keys_of_a_disabled_person_are_nobodys(desk: Desk) -> None:
    _, secret = await desk.make()
    await desk.sql("UPDATE users SET status = :status", status=Status.DISABLED)

    assert await desk.keys.recognise(secret) is None


async def test_a_deleted_persons_keys_are_gone_with_them(desk: Desk) -> None:
    _, secret = await desk.make()
    await desk.sql("DELETE FROM users")

    assert await desk.keys.recognise(secret) is None
    assert await desk.sql("SELECT 1 FROM api_keys") == []


async def test_a_key_ends_at_its_time_even_while_it_is_remembered(desk: Desk) -> None:
    _, secret = await desk.make(expires_at=(NOON + timedelta(seconds=10)).isoformat())
    desk.wait(9.9)
    assert await desk.keys.recognise(secret) is not None
    desk.wait(0.2)
    assert await desk.keys.recognise(secret) is None


async def test_a_life_in_days_is_counted_from_now(desk: Desk) -> None:
    key, _ = await desk.make(expires_in_days=90)

    assert key.expires_at == NOON + timedelta(days=90)


@pytest.mark.parametrize("away", [timedelta(0), timedelta(seconds=-1), timedelta(days=3651)])
async def test_an_end_must_lie_ahead_and_within_ten_years(desk: Desk, away: timedelta) -> None:
    with pytest.raises(Invalid, match="lie ahead"):
        await desk.make(expires_at=(NOON + away).isoformat())


async def test_a_key_cannot_be_given_what_its_maker_may_not_do(desk: Desk) -> None:
    with pytest.raises(Forbidden) as refused:
        await desk.make("market:write")

    assert refused.value.code == "insufficient_scope"


async def test_no_more_than_25_keys_work_at_a_time_however_many_are_made_at_once(desk: Desk) -> None:
    for _ in range(MOST_KEYS - 3):
        await desk.make()
    results = await asyncio.gather(*(desk.make() for _ in range(8)), return_exceptions=True)

    assert sum(isinstance(result, TooManyKeys) for result in results) == 5
    assert await desk.sql("SELECT count(*) FROM api_keys") == [(25,)]


async def test_revoked_and_expired_keys_leave_room_for_new_ones(desk: Desk) -> None:
    made = [await desk.make(expires_in_days=1) for _ in range(MOST_KEYS)]
    await desk.revoke(made[0][0].id)
    await desk.make()
    with pytest.raises(TooManyKeys):
        await desk.make()
    desk.wait(86_400)
    await desk.make()


async def test_the_database_holds_nothing_that_a_key_can_be_made_from(desk: Desk) -> None:
    key, secret = await desk.make()
    [(row,)] = await desk.sql("SELECT api_keys::text FROM api_keys")

    assert secret not in str(row)
    assert (key.prefix, key.last_four) == (secret[:12], secret[-4:])
    assert secret[12:-4] not in str(row)
    assert len(key.key_hash) == 32


async def test_another_hash_key_recognises_none_of_the_keys(desk: Desk) -> None:
    _, secret = await desk.make()
    desk.keys._hash_key = b"o" * 32

    assert await desk.keys.recognise(secret) is None


async def test_nobody_can_revoke_the_key_of_another(desk: Desk) -> None:
    key, secret = await desk.make()
    await desk.register()

    with pytest.raises(UnknownKey):
        await desk.revoke(key.id)
    assert await desk.keys.recognise(secret) is not None


async def test_a_use_is_written_down_soon_and_at_most_once_in_30_seconds(desk: Desk) -> None:
    _, secret = await desk.make()

    async def last_used(at: datetime | None) -> bool:
        return await desk.sql("SELECT last_used_at FROM api_keys") == [(at,)]

    writing = asyncio.create_task(desk.keys.keep_uses())
    try:
        assert await last_used(None)
        await desk.keys.recognise(secret)
        await until(lambda: last_used(NOON))
        desk.wait(29)
        await desk.keys.recognise(secret)
        assert not desk.keys._was_used.is_set()
        desk.wait(1)
        await desk.keys.recognise(secret)
        await until(lambda: last_used(NOON + timedelta(seconds=30)))
    finally:
        writing.cancel()


async def test_a_use_during_trouble_with_the_database_is_written_down_later(desk: Desk) -> None:
    _, secret = await desk.make()
    database = desk.database
    tried = asyncio.Event()

    class Down:
        @asynccontextmanager
        async def transaction(self) -> AsyncIterator[AsyncSession]:
            tried.set()
            desk.keys._database = database
            raise Unavailable("down")
            yield

    await desk.keys.recognise(secret)
    desk.keys._database = Down()
    writing = asyncio.create_task(desk.keys.keep_uses())
    try:
        await tried.wait()
        await until(lambda: _is_used(desk))
    finally:
        writing.cancel()


async def _is_used(desk: Desk) -> bool:
    return await desk.sql("SELECT last_used_at FROM api_keys") == [(NOON,)]


async def test_making_and_revoking_are_written_down_once_and_making_is_told_by_mail(desk: Desk) -> None:
    key, _ = await desk.make()
    await desk.revoke(key.id)

    events = await desk.sql("SELECT event, user_id, detail->>'key_id', ip FROM audit_log ORDER BY id")
    assert events == [
        (Event.API_KEY_MADE, desk.caller.user_id, str(key.id), VISITOR.ip),
        (Event.API_KEY_REVOKED, desk.caller.user_id, str(key.id), VISITOR.ip),
    ]
    assert await desk.sql("SELECT kind FROM mail_outbox") == [("api_key_made",)]


async def test_the_list_has_the_newest_first_and_no_revoked_ones(desk: Desk) -> None:
    made = []
    for _ in range(4):
        made.append((await desk.make())[0])
        desk.wait(1)
    await desk.revoke(made[1].id)

    async with desk.database.transaction() as session:
        first, more = await desk.keys.page(session, desk.caller, before=None, limit=2)
        last = (first[-1].created_at, first[-1].id)
        rest, none = await desk.keys.page(session, desk.caller, before=last, limit=2)
    assert [key.id for key in first] == [made[3].id, made[2].id]
    assert [key.id for key in rest] == [made[0].id]
    assert (more, none) == (True, False)
