"""What `tradesense users` does, over the database of people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from typing import Final

from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.auth.account_repository import AccountRepository
from tradesense.auth.hasher import PasswordHasher
from tradesense.auth.passwords import PasswordPolicy
from tradesense.base.clock import Clock, SystemClock
from tradesense.base.errors import Conflict
from tradesense.infra.database import Database
from tradesense.run.people_store import open_database
from tradesense.run.post import make_sealer
from tradesense.run.settings import Settings
from tradesense.users import (
    EmailTaken,
    Event,
    Letter,
    Letters,
    Outbox,
    Role,
    Status,
    UnknownUser,
    User,
    UserItem,
    UserQuery,
    Users,
    email_key,
    record,
    user_item,
)
from tradesense.users.importing import Incoming, Outcome, Planned, address_keys, plan_import
from tradesense.users.repository import UserRepository

_AT_ONCE: Final = 500


class NotMigrated(Conflict):
    """The database has not the layout this program needs."""

    code = "not_migrated"

    def __init__(self) -> None:
        super().__init__("The database is not up to date; run `tradesense migrate` first.")


@asynccontextmanager
async def open_work(settings: Settings, clock: Clock | None = None) -> AsyncIterator[UsersWork]:
    """Open the database: a running program's, or one started for the moment. Raises `NotMigrated`, too."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    async with open_database(settings, join=True) as database:
        try:
            yield UsersWork(settings, database, clock or SystemClock())
        except ProgrammingError as error:
            raise NotMigrated from error


class UsersWork:
    """The actions of the command. Nobody is signed in, so in the log they have no actor."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._letters = Letters(settings.page_address)
        # A program that runs looks for mail by itself every few seconds.
        self._outbox = Outbox(make_sealer(settings), clock, self._letters, lambda: None)

    async def add_admin(self, email: str, password: str, full_name: str | None) -> User:
        """Make an administrator. Raises `Invalid`, `WeakPassword`, `EmailTaken`."""
        address = email_key(email, field="email")
        policy = PasswordPolicy(min_length=self._settings.password_min_length)
        await policy.check(password, email=address.email, full_name=full_name)
        with closing(PasswordHasher(self._settings.password_hash_rounds)) as hasher:
            password_hash = await hasher.hash(password)
        async with self._database.transaction() as session:
            user = await Users(session, self._clock).create(
                address, full_name=full_name, password_hash=password_hash, role=Role.ADMIN, verified=True
            )
            self._record(session, Event.MADE_BY_COMMAND, user)
            self._tell(session, user, self._letters.made_for_you())
        return user

    async def make_admin(self, email: str) -> User:
        """Make an account an administrator. Raises `UnknownUser`."""
        async with self._database.transaction() as session:
            user, was_role, _ = await self._change(session, email, role=Role.ADMIN)
            if was_role != Role.ADMIN:
                self._record(session, Event.ROLE_CHANGED, user, {"from": str(was_role), "to": str(user.role)})
                self._tell(session, user, self._letters.role_changed(user.role, self._clock.now()))
        return user

    async def disable(self, email: str) -> User:
        """Lock an account; its sessions, keys and links end. Raises `UnknownUser`, `LastAdmin`."""
        async with self._database.transaction() as session:
            user, _, was_status = await self._change(session, email, status=Status.DISABLED)
            if was_status != Status.DISABLED:
                await AccountRepository(session).end_credentials(user.id, self._clock.now())
                self._record(session, Event.DISABLED, user)
                self._tell(session, user, self._letters.disabled(self._clock.now()))
        return user

    async def enable(self, email: str) -> User:
        """Unlock an account. Raises `UnknownUser`."""
        async with self._database.transaction() as session:
            user, _, was_status = await self._change(session, email, status=Status.ACTIVE)
            if was_status != Status.ACTIVE:
                self._record(session, Event.ENABLED, user)
                self._tell(session, user, self._letters.enabled(self._clock.now()))
        return user

    async def list_users(self) -> list[UserItem]:
        """Return all accounts, the newest first."""
        found: list[UserItem] = []
        more = True
        async with self._database.transaction() as session:
            users = Users(session, self._clock)
            while more:
                before = (found[-1].created_at, found[-1].id) if found else None
                page, more = await users.page(UserQuery(), before=before, limit=_AT_ONCE)
                found += [user_item(each) for each in page]
        return found

    async def import_users(self, rows: Sequence[Incoming], *, apply: bool) -> list[Planned]:
        """Plan what becomes of each row and, with `apply`, do it; return what was planned or done."""
        planned = plan_import(rows, await self._existing(address_keys(rows)), self._clock.now())
        if not apply:
            return planned
        done: list[Planned] = []
        for start in range(0, len(planned), _AT_ONCE):
            async with self._database.transaction() as session:
                done += [await self._import(session, each) for each in planned[start : start + _AT_ONCE]]
        return done

    async def _existing(self, keys: set[str]) -> set[str]:
        ordered, found = sorted(keys), set[str]()
        async with self._database.transaction() as session:
            stored = UserRepository(session)
            for start in range(0, len(ordered), _AT_ONCE):
                found |= await stored.existing_keys(ordered[start : start + _AT_ONCE])
        return found

    async def _import(self, session: AsyncSession, planned: Planned) -> Planned:
        if not planned.outcome.is_import or planned.address is None:
            return planned
        try:
            user = await Users(session, self._clock).create(
                planned.address,
                full_name=planned.full_name,
                password_hash=planned.password_hash,
                created_at=planned.created_at,
            )
        except EmailTaken:
            # Somebody registered since it was planned.
            return Planned(planned.row, Outcome.ALREADY_THERE, planned.address)
        if not planned.active:
            user.status = Status.DISABLED
        self._record(session, Event.IMPORTED, user, {"with_password": planned.password_hash is not None})
        return planned

    async def _change(
        self, session: AsyncSession, email: str, *, role: Role | None = None, status: Status | None = None
    ) -> tuple[User, Role, Status]:
        users = Users(session, self._clock)
        found = await users.find_by_email(email)
        if found is None:
            raise UnknownUser
        changed = await users.change(found.id, role=role, status=status)
        return changed.user, changed.was_role, changed.was_status

    def _record(
        self, session: AsyncSession, event: Event, user: User, detail: dict[str, str | bool] | None = None
    ) -> None:
        record(session, self._clock, event, user_id=user.id, detail={"by": "command", **(detail or {})})

    def _tell(self, session: AsyncSession, user: User, letter: Letter) -> None:
        self._outbox.queue(session, letter, to=user.email, user_id=user.id)
