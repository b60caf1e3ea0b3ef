"""What people set up for themselves: one document each, changed only by who knows its present version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.base.clock import Clock
from tradesense.base.errors import Invalid
from tradesense.users.errors import PreferencesChanged, UnknownUser
from tradesense.users.repository import PreferencesRepository
from tradesense.users.rules import is_deeper_than
from tradesense.users.schemas import PreferencesOut

MOST_DOCUMENT_BYTES = 64 * 1024
_MOST_LEVELS = 16


class PreferencesService:
    """Preferences, within one transaction."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._stored = PreferencesRepository(session)
        self._clock = clock

    async def get(self, user_id: UUID) -> PreferencesOut:
        """Return what the person set up; an empty document of version 0 where nothing was."""
        kept = await self._stored.find(user_id)
        if kept is None:
            return PreferencesOut(document={}, version=0, updated_at=None)
        return PreferencesOut(document=kept.document, version=kept.version, updated_at=kept.updated_at)

    async def put(self, user_id: UUID, document: dict[str, Any], *, version: int | None) -> PreferencesOut:
        """Replace the document; `version` is the one the caller saw, `None` where that does not matter.

        Raises `PreferencesChanged` where another version is the present one, and `Invalid` for a document
        that is too large or nested too deeply, `UnknownUser` where the account is gone.
        """
        if is_deeper_than(_MOST_LEVELS, document):
            raise Invalid(f"At most {_MOST_LEVELS} levels.", code="too_deep", field="body.document")
        if len(orjson.dumps(document)) > MOST_DOCUMENT_BYTES:
            raise Invalid("At most 64 KiB.", code="too_large", field="body.document")
        try:
            kept = await self._stored.put(user_id, document, version=version, now=self._clock.now())
        except IntegrityError as error:
            # The account went while this request was on its way.
            raise UnknownUser from error
        if kept is None:
            raise PreferencesChanged
        return PreferencesOut(document=kept.document, version=kept.version, updated_at=kept.updated_at)
