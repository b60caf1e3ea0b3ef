"""What can be done with accounts. Who may do it was asked before; what it means for sessions is `auth`'s."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.base.clock import Clock
from tradesense.base.errors import Invalid
from tradesense.base.principal import Permission
from tradesense.users.addresses import email_key
from tradesense.users.errors import EmailTaken, LastAdmin, UnknownUser
from tradesense.users.models import AuditEvent, User
from tradesense.users.repository import UserQuery, UserRepository
from tradesense.users.schemas import AuditItem, UserItem, UserOut
from tradesense.users.values import Address, Role, Status


class Users:
    """Accounts, within one transaction. The rows returned may be changed; the transaction keeps it."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._stored = UserRepository(session)

    async def find_by_email(self, text: str) -> User | None:
        """Return the account with this address however it is written; `None` also where it is no address."""
        try:
            address = email_key(text)
        except Invalid:
            return None
        return await self._stored.find_by_key(address.key)

    async def find(self, user_id: UUID, *, lock: bool = False) -> User | None:
        """Return the account; with `lock` the row is fresh and nobody else's until the transaction ends."""
        return await self._stored.find(user_id, lock=lock)

    async def get(self, user_id: UUID, *, lock: bool = False) -> User:
        """As `find`; raises `UnknownUser`."""
        user = await self._stored.find(user_id, lock=lock)
        if user is None:
            raise UnknownUser
        return user

    async def create(
        self,
        email: str | Address,
        *,
        full_name: str | None = None,
        password_hash: str | None,
        role: Role = Role.TRADER,
        verified: bool = False,
        created_at: datetime | None = None,
    ) -> User:
        """Make an account; of any number made at once with one address exactly one is.

        Raises `EmailTaken`, and `Invalid` where `email` is no address.
        """
        address = email if isinstance(email, Address) else email_key(email)
        now = self._clock.now()
        user_id = uuid4()
        added = await self._stored.add(
            User(
                id=user_id,
                email=address.email,
                email_key=address.key,
                full_name=full_name,
                role=role,
                status=Status.ACTIVE,
                password_hash=password_hash,
                password_changed_at=now if password_hash else None,
                email_verified_at=now if verified else None,
                created_at=created_at or now,
                updated_at=now,
            )
        )
        if not added:
            raise EmailTaken
        return await self.get(user_id)

    async def set_password(self, user: User, password_hash: str) -> None:
        """Give a new password; what was begun with the old one (reset links, half sign-ins) is void."""
        now = self._clock.now()
        user.password_hash = password_hash
        user.password_changed_at = user.updated_at = now
        user.credentials_epoch += 1
        await self._session.flush()

    async def set_address(self, user: User, address: Address) -> None:
        """Give another, confirmed address. Raises `EmailTaken`."""
        await self._stored.set_address(user, address)
        user.email_verified_at = user.updated_at = self._clock.now()

    async def set_full_name(self, user: User, full_name: str | None) -> None:
        """Give another name, or none."""
        user.full_name = full_name
        user.updated_at = self._clock.now()

    async def change(self, user_id: UUID, *, role: Role | None, status: Status | None) -> Changed:
        """Give another role or status; what is `None` stays. Raises `UnknownUser` and `LastAdmin`."""
        others = await self._stored.other_active_admins(user_id)
        user = await self.get(user_id, lock=True)
        changed = Changed(user, was_role=Role(user.role), was_status=Status(user.status))
        new_role, new_status = role or changed.was_role, status or changed.was_status
        if (
            _is_working_admin(user.role, user.status)
            and not _is_working_admin(new_role, new_status)
            and not others
        ):
            raise LastAdmin
        if (new_role, new_status) != (changed.was_role, changed.was_status):
            user.role, user.status, user.updated_at = new_role, new_status, self._clock.now()
            await self._session.flush()
        return changed

    async def delete(self, user_id: UUID) -> None:
        """Delete an account and all that is its, but what was written down. Raises as `change`."""
        others = await self._stored.other_active_admins(user_id)
        user = await self.get(user_id, lock=True)
        if _is_working_admin(user.role, user.status) and not others:
            raise LastAdmin
        await self._stored.remove(user_id)
        self._session.expunge(user)

    async def page(
        self, query: UserQuery, *, before: tuple[datetime, UUID] | None, limit: int
    ) -> tuple[Sequence[User], bool]:
        """Return accounts, the newest first, and whether there are more; for administrators."""
        found = await self._stored.page(query, before=before, limit=limit + 1)
        return found[:limit], len(found) > limit

    async def events(
        self, user_id: UUID, *, before: int | None, limit: int
    ) -> tuple[Sequence[AuditEvent], bool]:
        """Return what happened to one account, the newest first, and whether there is more."""
        found = await self._stored.events(user_id, before=before, limit=limit + 1)
        return found[:limit], len(found) > limit

    async def permissions_of(self, role: str) -> frozenset[Permission]:
        """Return what a role allows now."""
        return await self._stored.permissions_of(role)


class Changed:
    """An account after a change, and what it was before."""

    def __init__(self, user: User, *, was_role: Role, was_status: Status) -> None:
        self.user = user
        self.was_role = was_role
        self.was_status = was_status


def user_out(user: User, permissions: frozenset[Permission]) -> UserOut:
    """Show an account to the one whose it is."""
    return UserOut(
        id=user.id,
        email=user.email,
        full_name=user.full_name,
        role=Role(user.role),
        permissions=sorted(permissions),
        email_verified=user.email_verified_at is not None,
        mfa_enabled=user.mfa_enabled,
        created_at=user.created_at,
    )


def user_item(user: User) -> UserItem:
    """Show an account to an administrator."""
    return UserItem(
        id=user.id,
        email=user.email,
        full_name=user.full_name,
        role=Role(user.role),
        status=Status(user.status),
        email_verified=user.email_verified_at is not None,
        mfa_enabled=user.mfa_enabled,
        created_at=user.created_at,
        last_login_at=user.last_login_at,
    )


def audit_item(event: AuditEvent) -> AuditItem:
    """Show an event to the one whose account it is about, without where an administrator sat."""
    own = event.actor_id in (None, event.user_id)
    return AuditItem(
        ts=event.ts,
        event=event.event,
        by_you=event.actor_id == event.user_id,
        ip=event.ip if own else None,
        user_agent=event.user_agent if own else None,
        detail=event.detail,
    )


def _is_working_admin(role: str, status: str) -> bool:
    return role == Role.ADMIN and status == Status.ACTIVE
