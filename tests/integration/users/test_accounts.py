"""Accounts in a real database: one for an address, the last administrator, what a deletion leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tradesense.base.clock import FixedClock
from tradesense.base.errors import AppError, Invalid, Unrecognised
from tradesense.base.principal import Permission, Principal, Via
from tradesense.infra.database import Database
from tradesense.infra.sealing import AesSealer
from tradesense.users import (
    EmailTaken,
    Event,
    LastAdmin,
    Letters,
    Outbox,
    Role,
    Status,
    UnknownUser,
    User,
    UserQuery,
    Users,
    email_key,
    record,
    user_out,
)
from tradesense.users.preferences import PreferencesService
from tradesense.web.visitor import Visitor

NOW = datetime(2026, 3, 5, 9, 7, tzinfo=UTC)
CLOCK = FixedClock(NOW)


async def _make(database: Database, email: str, role: Role = Role.TRADER) -> User:
    async with database.transaction() as session:
        return await Users(session, CLOCK).create(email, password_hash="hash", role=role)


async def _count(database: Database, table: str, where: str = "true") -> int:
    async with database.transaction() as session:
        return int((await session.execute(text(f"SELECT count(*) FROM {table} WHERE {where}"))).scalar_one())


async def test_a_fresh_database_has_no_account(database: Database) -> None:
    assert await _count(database, "users") == 0


async def test_an_address_is_one_account_however_it_is_written(database: Database) -> None:
    made = await _make(database, " U1@Example.COM ")
    assert (made.email, made.role, made.status) == ("U1@example.com", "trader", "active")
    for text_ in ("u1@example.com", "U1@EXAMPLE.com", " u1@example.com"):
        with pytest.raises(EmailTaken):
            await _make(database, text_)
        async with database.transaction() as session:
            found = await Users(session, CLOCK).find_by_email(text_)
        assert found is not None
        assert found.id == made.id
    assert await _count(database, "users") == 1


async def test_no_account_is_found_by_what_is_no_address(database: Database) -> None:
    async with database.transaction() as session:
        users = Users(session, CLOCK)
        assert await users.find_by_email("nobody@example.com") is None
        assert await users.find_by_email("a@b.c\r\nBcc:x@y") is None
        with pytest.raises(UnknownUser):
            await users.get(uuid4())


async def test_of_twenty_registrations_at_once_one_makes_the_account(database_url: str) -> None:
    database = Database(database_url, pool_size=20, overflow=0)
    try:
        outcomes = await asyncio.gather(
            *(_make(database, "north@example.com") for _ in range(20)), return_exceptions=True
        )
        assert sum(isinstance(each, User) for each in outcomes) == 1
        assert sum(isinstance(each, EmailTaken) for each in outcomes) == 19
        assert await _count(database, "users") == 1
    finally:
        await database.close()


async def test_a_refused_registration_undoes_nothing_else_of_its_transaction(database: Database) -> None:
    made = await _make(database, "north@example.com")
    async with database.transaction() as session:
        users = Users(session, CLOCK)
        with pytest.raises(EmailTaken):
            await users.create("north@example.com", password_hash="other")
        await users.set_full_name(await users.get(made.id), "North")
    async with database.transaction() as session:
        assert (await Users(session, CLOCK).get(made.id)).full_name == "North"


async def test_roles_allow_what_they_are_said_to(database: Database) -> None:
    async with database.transaction() as session:
        users = Users(session, CLOCK)
        allowed = {role: await users.permissions_of(role) for role in Role}
    assert allowed[Role.VIEWER] == {Permission.MARKET_READ, Permission.PORTFOLIO_READ}
    assert allowed[Role.TRADER] == allowed[Role.VIEWER] | {
        Permission.PORTFOLIO_WRITE,
        Permission.ALERTS_WRITE,
    }
    assert allowed[Role.ADMIN] == frozenset(Permission)


async def test_a_password_change_voids_what_was_begun_with_the_old_one(database: Database) -> None:
    made = await _make(database, "north@example.com")
    async with database.transaction() as session:
        users = Users(session, CLOCK)
        await users.set_password(await users.get(made.id), "another hash")
    async with database.transaction() as session:
        user = await Users(session, CLOCK).get(made.id)
    assert (user.password_hash, user.credentials_epoch) == ("another hash", made.credentials_epoch + 1)


async def test_an_address_of_somebody_else_cant_be_taken_by_a_change(database: Database) -> None:
    north = await _make(database, "north@example.com")
    await _make(database, "south@example.com")
    async with database.transaction() as session:
        users = Users(session, CLOCK)
        with pytest.raises(EmailTaken):
            await users.set_address(await users.get(north.id), email_key("SOUTH@example.com"))
    async with database.transaction() as session:
        users = Users(session, CLOCK)
        assert (await users.get(north.id)).email == "north@example.com"
        await users.set_address(await users.get(north.id), email_key("North@desk.example.com"))
    async with database.transaction() as session:
        user = await Users(session, CLOCK).get(north.id)
    assert (user.email, user.email_key) == ("North@desk.example.com", "north@desk.example.com")
    assert user.email_verified_at == NOW


Act = Callable[[Users, UUID], Awaitable[object]]


@pytest.mark.parametrize(
    "act",
    [
        lambda users, user_id: users.change(user_id, role=Role.VIEWER, status=None),
        lambda users, user_id: users.change(user_id, role=None, status=Status.DISABLED),
        lambda users, user_id: users.delete(user_id),
    ],
    ids=["demoted", "disabled", "deleted"],
)
async def test_the_last_administrator_stays_whoever_else_goes(database: Database, act: Act) -> None:
    admin = await _make(database, "admin@example.com", Role.ADMIN)
    disabled = await _make(database, "former@example.com", Role.ADMIN)
    await _make(database, "north@example.com")
    async with database.transaction() as session:
        await Users(session, CLOCK).change(disabled.id, role=None, status=Status.DISABLED)
    with pytest.raises(LastAdmin):
        async with database.transaction() as session:
            await act(Users(session, CLOCK), admin.id)
    async with database.transaction() as session:
        user = await Users(session, CLOCK).get(admin.id)
        assert (user.role, user.status) == ("admin", "active")
        await act(Users(session, CLOCK), disabled.id)


async def test_two_administrators_who_demote_each_other_at_once_leave_one(database: Database) -> None:
    first, second = [await _make(database, f"admin{number}@example.com", Role.ADMIN) for number in (1, 2)]

    async def demote(user_id: UUID) -> None:
        async with database.transaction() as session:
            await Users(session, CLOCK).change(user_id, role=Role.VIEWER, status=None)

    for _ in range(10):
        outcomes = await asyncio.gather(demote(first.id), demote(second.id), return_exceptions=True)
        assert sorted(type(each).__name__ for each in outcomes) == ["LastAdmin", "NoneType"]
        assert await _count(database, "users", "role = 'admin'") == 1
        async with database.transaction() as session:
            for user in (first, second):
                await Users(session, CLOCK).change(user.id, role=Role.ADMIN, status=None)


async def test_nothing_that_was_theirs_is_left_of_a_deleted_person_but_the_log(database: Database) -> None:
    north, south = await _make(database, "north@example.com"), await _make(database, "south@example.com")
    outbox = Outbox(AesSealer(b"k" * 32), CLOCK, Letters("http://localhost"), lambda: None)
    for user in (north, south):
        async with database.transaction() as session:
            await PreferencesService(session, CLOCK).put(user.id, {"theme": "dark"}, version=None)
            outbox.queue(session, outbox.letters.made_for_you(), to=user.email, user_id=user.id)
            record(session, CLOCK, Event.REGISTERED, user_id=user.id, actor=user.id)
    async with database.transaction() as session:
        await Users(session, CLOCK).delete(north.id)
    for table in ("users", "preferences", "mail_outbox"):
        assert await _count(database, table) == 1, table
    assert await _count(database, "audit_log", f"user_id = '{north.id}'") == 1
    async with database.transaction() as session:
        with pytest.raises(UnknownUser):
            await Users(session, CLOCK).delete(north.id)


async def test_preferences_of_somebody_who_is_gone_are_not_kept(database: Database) -> None:
    async def put() -> None:
        async with database.transaction() as session:
            await PreferencesService(session, CLOCK).put(uuid4(), {}, version=None)

    with pytest.raises(UnknownUser):
        await put()


async def test_accounts_are_listed_newest_first_page_by_page_and_filtered(database: Database) -> None:
    clock = FixedClock(NOW)
    made = []
    for number in range(7):
        clock.move_to(NOW + timedelta(seconds=number // 2))
        async with database.transaction() as session:
            role = Role.ADMIN if number == 3 else Role.TRADER
            made.append(
                await Users(session, clock).create(f"p{number}@example.com", password_hash=None, role=role)
            )
    async with database.transaction() as session:
        users = Users(session, clock)
        seen: list[User] = []
        before, more = None, True
        while more:
            page, more = await users.page(UserQuery(), before=before, limit=3)
            seen += page
            before = (seen[-1].created_at, seen[-1].id)
        assert [each.id for each in seen] == [
            each.id for each in sorted(made, key=lambda user: (user.created_at, user.id), reverse=True)
        ]

        async def found(query: UserQuery) -> set[str]:
            return {each.email for each in (await users.page(query, before=None, limit=10))[0]}

        assert await found(UserQuery(text="P4@")) == {"p4@example.com"}
        assert await found(UserQuery(text="%")) == set()
        assert await found(UserQuery(text="_")) == set()
        assert await found(UserQuery(role=Role.ADMIN)) == {"p3@example.com"}
        assert await found(UserQuery(status=Status.DISABLED)) == set()


async def test_an_event_tells_who_did_what_from_where_and_cant_be_changed(database: Database) -> None:
    north, admin = (
        await _make(database, "north@example.com"),
        await _make(database, "adm@example.com", Role.ADMIN),
    )
    actor = Principal(admin.id, "admin", frozenset(Permission), Via.SESSION, uuid4())
    visitor = Visitor("192.0.2.1", "Browser 1", "request-1")
    async with database.transaction() as session:
        record(
            session,
            CLOCK,
            Event.ROLE_CHANGED,
            user_id=north.id,
            actor=actor,
            visitor=visitor,
            detail={"to": "viewer"},
        )
    async with database.transaction() as session:
        (event,), more = await Users(session, CLOCK).events(north.id, before=None, limit=5)
        assert not more
        assert (await Users(session, CLOCK).events(admin.id, before=None, limit=5))[0] == []
    assert (event.event, event.user_id, event.actor_id) == ("role_changed", north.id, admin.id)
    assert (event.credential_id, event.ip, event.user_agent) == (
        actor.credential_id,
        "192.0.2.1",
        "Browser 1",
    )
    assert (event.request_id, event.detail, event.ts) == ("request-1", {"to": "viewer"}, NOW)
    for statement in ("UPDATE audit_log SET event = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"):
        with pytest.raises(Exception, match=r"permission denied"):
            async with database.transaction() as session:
                await session.execute(text(statement))
    assert await _count(database, "audit_log") == 1


async def test_an_event_goes_with_the_transaction_it_belongs_to(database: Database) -> None:
    north = await _make(database, "north@example.com")

    async def fail(error: AppError) -> None:
        async with database.transaction() as session:
            record(session, CLOCK, Event.SIGN_IN_FAILED, user_id=north.id)
            raise error

    with pytest.raises(Invalid):
        await fail(Invalid("undone"))
    with pytest.raises(Unrecognised):
        await fail(Unrecognised("kept"))
    assert await _count(database, "audit_log") == 1


async def test_what_is_shown_of_an_account_has_no_secret(database: Database) -> None:
    north = await _make(database, "north@example.com")
    shown = user_out(north, frozenset({Permission.MARKET_READ})).model_dump_json()
    assert "hash" not in shown
    assert "epoch" not in shown
