"""Does a POST once, however often it comes: the answer is kept under the caller's `Idempotency-Key`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Request
from pydantic import BaseModel
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col
from starlette.responses import Response

from tradesense.base.clock import Clock
from tradesense.base.errors import AppError
from tradesense.base.sealing import Sealer
from tradesense.users.errors import KeyReused, UnknownUser
from tradesense.users.models import KeptAnswer
from tradesense.web.session import DbSession

KEPT_FOR = timedelta(hours=24)

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,64}$",
        description="1 to 64 printable characters. The same call with the same key is done once.",
    ),
]


class Idempotency:
    """One request that may be the repetition of another. Routes take it as `CallOnce`."""

    def __init__(self, session: AsyncSession, sealer: Sealer, clock: Clock, key: str | None) -> None:
        self._session = session
        self._sealer = sealer
        self._clock = clock
        self._key = key

    async def answer(
        self,
        user_id: UUID,
        operation: str,
        request: BaseModel,
        effect: Callable[[], Awaitable[BaseModel]],
        *,
        status: int = 201,
    ) -> Response:
        """Run `effect` and answer with its JSON; the same call again gets the same answer, without effect.

        The key counts for one person and `operation`, for 24 hours. The answer is kept sealed, in the same
        transaction as the effect; a call at the same moment waits for it. Raises `KeyReused` where the key
        came with another `request`. Without a key the effect just runs.
        """
        if self._key is None:
            return _json((await effect()).model_dump_json().encode(), status)
        row = _Row(user_id, operation, sha256(self._key.encode()).digest())
        request_hash = sha256(request.model_dump_json().encode()).digest()
        if not await self._claim(row, request_hash):
            return await self._replay(row, request_hash)
        try:
            body = (await effect()).model_dump_json().encode()
        except AppError:
            # Some failures are kept with what led to them; the claim of an answer that never came is not.
            await self._session.execute(delete(KeptAnswer).where(*row.where()))
            raise
        sealed = self._sealer.seal(body, purpose=row.purpose())
        await self._session.execute(
            update(KeptAnswer).where(*row.where()).values(status=status, sealed=sealed)
        )
        return _json(body, status)

    async def _claim(self, row: _Row, request_hash: bytes) -> bool:
        now = self._clock.now()
        fresh = {"request_hash": request_hash, "created_at": now, "status": None, "sealed": None}
        claim = (
            insert(KeptAnswer)
            .values(**asdict(row), **fresh)
            .on_conflict_do_update(
                index_elements=[col(KeptAnswer.user_id), col(KeptAnswer.operation), col(KeptAnswer.key_hash)],
                set_=fresh,
                where=col(KeptAnswer.created_at) <= now - KEPT_FOR,
            )
            .returning(col(KeptAnswer.user_id))
        )
        try:
            return (await self._session.execute(claim)).first() is not None
        except IntegrityError as error:
            # The account went while this request was on its way.
            raise UnknownUser from error

    async def _replay(self, row: _Row, request_hash: bytes) -> Response:
        kept = (await self._session.execute(select(KeptAnswer).where(*row.where()))).scalar_one()
        if kept.request_hash != request_hash:
            raise KeyReused
        assert kept.status is not None
        assert kept.sealed is not None
        return _json(self._sealer.open(kept.sealed, purpose=row.purpose()), kept.status)


@dataclass(frozen=True, slots=True)
class _Row:
    user_id: UUID
    operation: str
    key_hash: bytes

    def where(self) -> list[ColumnElement[bool]]:
        return [
            col(KeptAnswer.user_id) == self.user_id,
            col(KeptAnswer.operation) == self.operation,
            col(KeptAnswer.key_hash) == self.key_hash,
        ]

    def purpose(self) -> str:
        return f"answer:{self.user_id}:{self.operation}:{self.key_hash.hex()}"


def _json(body: bytes, status: int) -> Response:
    return Response(body, status, media_type="application/json")


async def call_once(request: Request, session: DbSession, key: IdempotencyKey = None) -> Idempotency:
    """Return the request's idempotency, over its transaction and `state.sealer`."""
    return Idempotency(session, request.state.sealer, request.state.clock, key)


CallOnce = Annotated[Idempotency, Depends(call_once)]
