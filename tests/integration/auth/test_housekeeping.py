"""Old credentials go, live ones stay, however many there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select

from tradesense.auth.housekeeping import tidy_up
from tradesense.auth.models import FailedAttempt, Link, LinkKind, Session
from tradesense.base.clock import FixedClock
from tradesense.infra.database import Database
from tradesense.users import User

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def session_row(owner: UUID, expires_at: datetime) -> Session:
    return Session(
        user_id=owner,
        token_hash=uuid4().bytes * 2,
        created_at=ago(days=9),
        last_used_at=ago(days=9),
        authenticated_at=ago(days=9),
        expires_at=expires_at,
    )


def link_row(owner: UUID, expires_at: datetime, used_at: datetime | None = None) -> Link:
    return Link(
        user_id=owner,
        kind=LinkKind.VERIFY_EMAIL,
        token_hash=uuid4().bytes * 2,
        created_at=ago(days=9),
        expires_at=expires_at,
        used_at=used_at,
    )


async def count(database: Database, table: type[Session | Link | FailedAttempt]) -> int:
    async with database.transaction() as session:
        return (await session.execute(select(func.count()).select_from(table))).scalar_one()


async def test_what_ended_a_day_ago_goes_and_the_rest_stays(database: Database) -> None:
    person = User(email="a@example.com", email_key="a@example.com", created_at=NOW, updated_at=NOW)
    async with database.transaction() as session:
        session.add(person)
        await session.flush()
        session.add_all(session_row(person.id, ago(days=2)) for _ in range(7))
        session.add_all([session_row(person.id, ago(hours=-1)), session_row(person.id, ago(hours=23))])
        session.add_all([link_row(person.id, ago(days=2)), link_row(person.id, ago(days=-1), ago(days=2))])
        session.add(link_row(person.id, ago(hours=-1)))
        session.add_all(FailedAttempt(subject_hash=b"s" * 32, ts=ts) for ts in (ago(hours=25), ago(hours=23)))
    assert await tidy_up(database, FixedClock(NOW), batch=3) == 7 + 2 + 1
    assert [await count(database, table) for table in (Session, Link, FailedAttempt)] == [2, 1, 1]
    assert await tidy_up(database, FixedClock(NOW)) == 0
