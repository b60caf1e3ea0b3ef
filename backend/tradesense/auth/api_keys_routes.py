"""The endpoints of API keys: only who signed in manages keys, never a key."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, cast
from uuid import UUID

from fastapi import Depends, Path, Request
from starlette.responses import Response

from tradesense.auth.api_keys import ApiKeys
from tradesense.auth.api_keys_schemas import ApiKeyIn, ApiKeyMade, ApiKeyOut
from tradesense.users import CallOnce
from tradesense.web.access import OWN_ACCOUNT
from tradesense.web.callers import CurrentCaller
from tradesense.web.errors import problem_responses
from tradesense.web.paging import CursorSigner, PageOf
from tradesense.web.query import Cursor, Limit
from tradesense.web.session import DbSession
from tradesense.web.strict import api_router
from tradesense.web.visitor import CurrentVisitor

router = api_router(access=OWN_ACCOUNT, prefix="/api-keys", tags=["api-keys"])


async def _api_keys(request: Request) -> ApiKeys:
    return cast("ApiKeys", request.state.api_keys)


async def _cursors(request: Request) -> CursorSigner:
    return cast("CursorSigner", request.state.cursors)


Keys = Annotated[ApiKeys, Depends(_api_keys)]
Cursors = Annotated[CursorSigner, Depends(_cursors)]


@router.get(
    "",
    summary="Your API keys",
    operation_id="list_api_keys",
    response_model=PageOf[ApiKeyOut],
    responses=problem_responses(422),
)
async def list_api_keys(
    caller: CurrentCaller,
    session: DbSession,
    keys: Keys,
    cursors: Cursors,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> PageOf[ApiKeyOut]:
    """Lists your keys, the newest first: those that work and those that expired. Revoked ones are gone."""
    name = f"api_keys|{caller.user_id}"
    before = None
    if cursor:
        created_at, key_id = cursors.read(name, cursor)
        before = (datetime.fromisoformat(str(created_at)), UUID(str(key_id)))
    found, more = await keys.page(session, caller, before=before, limit=limit)
    last = [found[-1].created_at.isoformat(), str(found[-1].id)] if more else None
    return PageOf(
        items=[ApiKeyOut.model_validate(key.model_dump()) for key in found],
        next_cursor=cursors.sign(name, last) if last else None,
    )


@router.post(
    "",
    summary="Make an API key",
    operation_id="create_api_key",
    status_code=201,
    response_model=ApiKeyMade,
    responses=problem_responses(409, 422),
)
async def create_api_key(
    body: ApiKeyIn,
    caller: CurrentCaller,
    session: DbSession,
    visitor: CurrentVisitor,
    keys: Keys,
    once: CallOnce,
) -> Response:
    """Makes a key for scripts. `key` is shown in this answer only; it does what its scopes say, as long as
    you may do it yourself. At most 25 keys work at a time.
    """

    async def make() -> ApiKeyMade:
        key, secret = await keys.make(session, caller, body, visitor)
        return ApiKeyMade.model_validate({**key.model_dump(), "key": secret})

    return await once.answer(caller.user_id, "create_api_key", body, make)


@router.delete(
    "/{key_id}",
    summary="Revoke an API key",
    operation_id="revoke_api_key",
    status_code=204,
    response_class=Response,
    responses=problem_responses(404, 422),
)
async def revoke_api_key(
    key_id: Annotated[UUID, Path(description="The key's id, as the list shows it.")],
    caller: CurrentCaller,
    session: DbSession,
    visitor: CurrentVisitor,
    keys: Keys,
) -> None:
    """Ends one of your keys: from the next request on it is nobody's."""
    await keys.revoke(session, caller, key_id, visitor)
