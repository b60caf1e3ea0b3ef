"""The endpoints of one's own account and of the list of all, for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from tradesense.users.audit import Event, record
from tradesense.users.deps import CurrentClock, CurrentPreferences, CurrentUsers, Cursors
from tradesense.users.models import User
from tradesense.users.preferences import MOST_DOCUMENT_BYTES
from tradesense.users.repository import UserQuery
from tradesense.users.schemas import (
    AuditItem,
    PreferencesIn,
    PreferencesOut,
    ProfileChange,
    UserItem,
    UserOut,
)
from tradesense.users.service import audit_item, user_item, user_out
from tradesense.users.values import Role, Status
from tradesense.users.versions import IfMatch, version_of
from tradesense.web.access import OWN_ACCOUNT, READS_USERS, SIGNED_IN, callable_by
from tradesense.web.callers import CurrentCaller
from tradesense.web.errors import problem_responses
from tradesense.web.paging import PageOf
from tradesense.web.query import Cursor, Limit, SearchText
from tradesense.web.session import DbSession
from tradesense.web.strict import api_router
from tradesense.web.visitor import CurrentVisitor

router = api_router(access=OWN_ACCOUNT, prefix="/users", tags=["users"])


@router.get("/me", summary="Your account", operation_id="get_me", responses=problem_responses(401))
@callable_by(SIGNED_IN)
async def get_me(caller: CurrentCaller, users: CurrentUsers) -> UserOut:
    """Answers with the caller's account, and with what the caller may do with this session or key."""
    return user_out(await users.get(caller.user_id), caller.permissions)


@router.patch(
    "/me", summary="Change your name", operation_id="update_me", responses=problem_responses(401, 422)
)
async def update_me(
    change: ProfileChange,
    caller: CurrentCaller,
    users: CurrentUsers,
    session: DbSession,
    clock: CurrentClock,
    visitor: CurrentVisitor,
) -> UserOut:
    """Changes the name. Address, password and second factor have calls of their own."""
    user = await users.get(caller.user_id, lock=True)
    if change.full_name != user.full_name:
        await users.set_full_name(user, change.full_name)
        record(session, clock, Event.PROFILE_CHANGED, user_id=user.id, actor=caller, visitor=visitor)
    return user_out(user, caller.permissions)


@router.get(
    "/me/audit",
    summary="What happened to your account",
    operation_id="list_my_events",
    responses=problem_responses(401, 422),
)
async def list_my_events(
    caller: CurrentCaller,
    users: CurrentUsers,
    cursors: Cursors,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> PageOf[AuditItem]:
    """Lists sign-ins, changes and refusals, the newest first. Nobody can change or delete an entry."""
    name = f"events|{caller.user_id}"
    before = cursors.read(name, cursor)[0] if cursor else None
    assert before is None or isinstance(before, int)
    events, more = await users.events(caller.user_id, before=before, limit=limit)
    return PageOf(
        items=[audit_item(each) for each in events],
        next_cursor=cursors.sign(name, [events[-1].id]) if more else None,
    )


@router.get(
    "/me/preferences",
    summary="Your preferences",
    operation_id="get_preferences",
    responses=problem_responses(401),
)
async def get_preferences(
    caller: CurrentCaller, preferences: CurrentPreferences, response: Response
) -> PreferencesOut:
    """Answers with the document kept for the caller, whatever is in it, and its version as `ETag`."""
    kept = await preferences.get(caller.user_id)
    response.headers["ETag"] = f'"{kept.version}"'
    return kept


@router.put(
    "/me/preferences",
    summary="Keep your preferences",
    operation_id="put_preferences",
    responses=problem_responses(401, 412, 413, 422),
    # Escapes and blanks of JSON may take more room than the document itself.
    max_body_size=4 * MOST_DOCUMENT_BYTES,
)
async def put_preferences(
    wanted: PreferencesIn,
    caller: CurrentCaller,
    preferences: CurrentPreferences,
    response: Response,
    if_match: IfMatch = None,
) -> PreferencesOut:
    """Replaces the whole document. With `If-Match`, a document that changed meanwhile is a 412."""
    kept = await preferences.put(caller.user_id, wanted.document, version=version_of(if_match))
    response.headers["ETag"] = f'"{kept.version}"'
    return kept


@router.get("", summary="All accounts", operation_id="list_users", responses=problem_responses(401, 403, 422))
@callable_by(READS_USERS)
async def list_users(
    users: CurrentUsers,
    cursors: Cursors,
    q: Annotated[SearchText, Query(description="A part of the e-mail address.")] = "",
    role: Annotated[Role | None, Query(description="Only this role.")] = None,
    status: Annotated[Status | None, Query(description="Only accounts in this state.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> PageOf[UserItem]:
    """Lists accounts, the newest first. For administrators."""
    name = f"users|{q}|{role}|{status}"
    found, more = await users.page(
        UserQuery(q, role, status),
        before=_position(cursors.read(name, cursor)) if cursor else None,
        limit=limit,
    )
    return PageOf(
        items=[user_item(each) for each in found],
        next_cursor=cursors.sign(name, _cursor_values(found[-1])) if more else None,
    )


def _cursor_values(user: User) -> list[str]:
    return [user.created_at.isoformat(), str(user.id)]


def _position(values: list[str | int | float | None]) -> tuple[datetime, UUID]:
    created_at, user_id = values
    return datetime.fromisoformat(str(created_at)), UUID(str(user_id))
