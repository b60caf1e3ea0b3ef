"""Links sent by mail: made, found and used once. Only a keyed hash of their token is kept."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from tradesense.auth.errors import InvalidLink
from tradesense.auth.models import Link, LinkKind
from tradesense.base.clock import Clock

LIVES: Final = {
    LinkKind.RESET_PASSWORD: timedelta(minutes=30),
    LinkKind.VERIFY_EMAIL: timedelta(hours=24),
    LinkKind.CHANGE_EMAIL: timedelta(hours=24),
}
_FORM: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class Links:
    """Mailed links, within one transaction."""

    def __init__(self, session: AsyncSession, clock: Clock, hash_key: bytes) -> None:
        self._session = session
        self._clock = clock
        self._hash_key = hash_key

    async def make(self, user_id: UUID, kind: LinkKind, *, email: str | None = None) -> str:
        """Return the token of a new link (256 bits); earlier links of this kind to this person are void.

        `email` is the address that the link confirms.
        """
        await self.void(user_id, kind)
        token, now = secrets.token_urlsafe(32), self._clock.now()
        self._session.add(
            Link(
                id=uuid4(),
                user_id=user_id,
                kind=kind,
                token_hash=self._hash(kind, token),
                email=email,
                created_at=now,
                expires_at=now + LIVES[kind],
            )
        )
        await self._session.flush()
        return token

    async def find(self, token: str, kind: LinkKind) -> Link:
        """Return the link if it could be used now, without using it. Raises `InvalidLink`."""
        query = select(Link).where(*self._usable(token, kind))
        link = (await self._session.execute(query)).scalar_one_or_none()
        if link is None:
            raise InvalidLink
        return link

    async def use(self, token: str, kind: LinkKind) -> Link:
        """Use a link up and return it; of any number at once exactly one can. Raises `InvalidLink`."""
        used = (
            update(Link)
            .where(*self._usable(token, kind))
            .values(used_at=self._clock.now())
            .returning(Link)
            .execution_options(populate_existing=True)
        )
        link = (await self._session.execute(used)).scalar_one_or_none()
        if link is None:
            raise InvalidLink
        return link

    async def void(self, user_id: UUID, *kinds: LinkKind) -> None:
        """Make the person's unused links of these kinds worthless; of every kind where none is named."""
        concerned = [col(Link.user_id) == user_id, col(Link.used_at).is_(None)]
        if kinds:
            concerned.append(col(Link.kind).in_(kinds))
        await self._session.execute(update(Link).where(*concerned).values(used_at=self._clock.now()))

    def _usable(self, token: str, kind: LinkKind) -> list[ColumnElement[bool]]:
        if not _FORM.fullmatch(token):
            raise InvalidLink
        return [
            col(Link.token_hash) == self._hash(kind, token),
            col(Link.kind) == kind,
            col(Link.used_at).is_(None),
            col(Link.expires_at) > self._clock.now(),
        ]

    def _hash(self, kind: LinkKind, token: str) -> bytes:
        return hmac.digest(self._hash_key, f"{kind}:{token}".encode(), sha256)
