"""The endpoints of watch lists: read by whoever may read the market, changed by who signed in."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response

from tradesense.users.deps import CurrentWatchlists
from tradesense.users.idempotency import CallOnce
from tradesense.users.versions import IfMatch, version_of
from tradesense.users.watchlist_schemas import WatchlistChange, WatchlistIn, WatchlistOut, WatchlistsOut
from tradesense.web.access import OWN_ACCOUNT, READS_MARKET, callable_by
from tradesense.web.callers import CurrentCaller
from tradesense.web.errors import problem_responses
from tradesense.web.strict import api_router

# A key for reading may follow what its owner watches; it changes nothing.
router = api_router(access=OWN_ACCOUNT, prefix="/watchlists", tags=["watchlists"])

ListId = Annotated[UUID, Path(description="The list's id, as the lists show it.")]


@router.get("", summary="Your watch lists", operation_id="list_watchlists", responses=problem_responses(422))
@callable_by(READS_MARKET)
async def list_watchlists(caller: CurrentCaller, watchlists: CurrentWatchlists) -> WatchlistsOut:
    """Answers with all your lists, at most 20, the oldest first."""
    return WatchlistsOut(items=await watchlists.all(caller.user_id))


@router.post(
    "",
    summary="Make a watch list",
    operation_id="create_watchlist",
    status_code=201,
    response_model=WatchlistOut,
    responses=problem_responses(409, 422),
)
async def create_watchlist(
    body: WatchlistIn, caller: CurrentCaller, watchlists: CurrentWatchlists, once: CallOnce
) -> Response:
    """Makes a list of at most 200 instruments. A symbol that no source lists is refused by its name."""
    return await once.answer(
        caller.user_id, "create_watchlist", body, lambda: watchlists.make(caller.user_id, body)
    )


@router.get(
    "/{list_id}",
    summary="One watch list",
    operation_id="get_watchlist",
    responses=problem_responses(404, 422),
)
@callable_by(READS_MARKET)
async def get_watchlist(
    list_id: ListId, caller: CurrentCaller, watchlists: CurrentWatchlists, response: Response
) -> WatchlistOut:
    """Answers with one of your lists, and its version as `ETag`."""
    found = await watchlists.get(caller.user_id, list_id)
    response.headers["ETag"] = f'"{found.version}"'
    return found


@router.patch(
    "/{list_id}",
    summary="Change a watch list",
    operation_id="update_watchlist",
    responses=problem_responses(404, 412, 422),
)
async def update_watchlist(
    list_id: ListId,
    change: WatchlistChange,
    caller: CurrentCaller,
    watchlists: CurrentWatchlists,
    response: Response,
    if_match: IfMatch = None,
) -> WatchlistOut:
    """Renames a list, or replaces its symbols as a whole, which is also how they are put in another order.

    With `If-Match`, a list that changed meanwhile is a 412.
    """
    kept = await watchlists.change(caller.user_id, list_id, change, version=version_of(if_match))
    response.headers["ETag"] = f'"{kept.version}"'
    return kept


@router.delete(
    "/{list_id}",
    summary="Delete a watch list",
    operation_id="delete_watchlist",
    status_code=204,
    response_class=Response,
    responses=problem_responses(404, 422),
)
async def delete_watchlist(list_id: ListId, caller: CurrentCaller, watchlists: CurrentWatchlists) -> None:
    """Deletes one of your lists."""
    await watchlists.remove(caller.user_id, list_id)
