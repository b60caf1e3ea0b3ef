"""Every query about accounts, what they prefer and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.base.principal import Permission
from tradesense.users.errors import EmailTaken
from tradesense.users.models import AuditEvent, OutgoingMail, Preferences, RolePermission, User
from tradesense.users.values import Address, Role, Status


@dataclass(frozen=True, slots=True)
class UserQuery:
    """Which accounts an administrator wants to see."""

    text: str = ""
    role: Role | None = None
    status: Status | None = None


class UserRepository:
    """Accounts in the database, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, user_id: UUID, *, lock: bool = False) -> User | None:
        """Return the account; with `lock` nobody else changes it until the transaction ends."""
        query = select(User).where(col(User.id) == user_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def find_by_key(self, key: str) -> User | None:
        """Return the account with this address key."""
        query = select(User).where(col(User.email_key) == key)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def existing_keys(self, keys: Sequence[str]) -> set[str]:
        """Return those of the address keys that have an account."""
        query = select(col(User.email_key)).where(col(User.email_key).in_(keys))
        return set((await self._session.execute(query)).scalars())

    async def add(self, user: User) -> bool:
        """Add an account; `False` where another has its address, also one added at the same moment."""
        added = await self._session.execute(
            insert(User)
            .values(user.model_dump())
            .on_conflict_do_nothing(index_elements=[col(User.email_key)])
            .returning(col(User.id))
        )
        return added.scalar_one_or_none() is not None

    async def set_address(self, user: User, address: Address) -> None:
        """Give the account another address. Raises `EmailTaken`."""
        try:
            async with self._session.begin_nested():
                user.email, user.email_key = address
                await self._session.flush()
        except IntegrityError:
            raise EmailTaken from None

    async def other_active_admins(self, user_id: UUID) -> int:
        """Count the other administrators who can sign in, and hold them all as they are."""
        query = (
            select(col(User.id))
            .where(col(User.role) == Role.ADMIN, col(User.status) == Status.ACTIVE)
            .order_by(col(User.id))
            .with_for_update()
        )
        admins = (await self._session.execute(query)).scalars().all()
        return sum(admin != user_id for admin in admins)

    async def page(
        self, query: UserQuery, *, before: tuple[datetime, UUID] | None, limit: int
    ) -> Sequence[User]:
        """Return accounts, the newest first; for administrators."""
        wanted = select(User).order_by(col(User.created_at).desc(), col(User.id).desc()).limit(limit)
        if query.text:
            wanted = wanted.where(col(User.email_key).contains(query.text.casefold(), autoescape=True))
        if query.role is not None:
            wanted = wanted.where(col(User.role) == query.role)
        if query.status is not None:
            wanted = wanted.where(col(User.status) == query.status)
        if before is not None:
            wanted = wanted.where(tuple_(col(User.created_at), col(User.id)) < before)
        return (await self._session.execute(wanted)).scalars().all()

    async def permissions_of(self, role: str) -> frozenset[Permission]:
        """Return what a role allows now."""
        query = select(col(RolePermission.permission)).where(col(RolePermission.role) == role)
        return frozenset(Permission(each) for each in (await self._session.execute(query)).scalars())

    async def remove(self, user_id: UUID) -> None:
        """Delete the account and all that is its; what happened to it stays written down."""
        await self._session.execute(delete(OutgoingMail).where(col(OutgoingMail.user_id) == user_id))
        await self._session.execute(delete(User).where(col(User.id) == user_id))

    async def events(self, user_id: UUID, *, before: int | None, limit: int) -> Sequence[AuditEvent]:
        """Return what happened to one account, the newest first."""
        query = (
            select(AuditEvent)
            .where(col(AuditEvent.user_id) == user_id)
            .order_by(col(AuditEvent.id).desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(col(AuditEvent.id) < before)
        return (await self._session.execute(query)).scalars().all()


class PreferencesRepository:
    """One person's preferences, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, user_id: UUID) -> Preferences | None:
        """Return what the person set up, if anything."""
        query = select(Preferences).where(col(Preferences.user_id) == user_id)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def put(
        self, user_id: UUID, document: dict[str, Any], *, version: int | None, now: datetime
    ) -> Preferences | None:
        """Keep the document where `version` is the present one (`None`: whatever it is), and return it."""
        if version:
            kept = (
                update(Preferences)
                .where(col(Preferences.user_id) == user_id, col(Preferences.version) == version)
                .values(document=document, version=version + 1, updated_at=now)
                .returning(Preferences)
            )
            return (await self._session.execute(kept)).scalar_one_or_none()
        fresh = insert(Preferences).values(user_id=user_id, document=document, version=1, updated_at=now)
        if version == 0:
            statement = fresh.on_conflict_do_nothing()
        else:
            statement = fresh.on_conflict_do_update(
                index_elements=[col(Preferences.user_id)],
                set_={"document": document, "version": col(Preferences.version) + 1, "updated_at": now},
            )
        return (await self._session.execute(statement.returning(Preferences))).scalar_one_or_none()


async def count_users(session: AsyncSession) -> int:
    """Return how many accounts there are."""
    return (await session.execute(select(func.count()).select_from(User))).scalar_one()
