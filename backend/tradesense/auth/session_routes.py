"""Routes of one's own sessions: see them, end one, end all; and the token for clients that need one."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Path, Request, Response

from tradesense.auth.deps import CurrentAuth, CurrentRefreshing, CurrentSessions
from tradesense.auth.errors import UnknownSession
from tradesense.auth.schemas import CsrfToken, SessionList, SessionOut
from tradesense.auth.sessions import Reason
from tradesense.users import Event, record
from tradesense.web.access import OWN_ACCOUNT, PUBLIC, callable_by
from tradesense.web.callers import REFRESH_COOKIE, CurrentCaller
from tradesense.web.cookies import say_signed_out
from tradesense.web.csrf import csrf_token
from tradesense.web.errors import problem_responses
from tradesense.web.session import DbSession
from tradesense.web.strict import api_router
from tradesense.web.visitor import CurrentVisitor

router = api_router(access=OWN_ACCOUNT, prefix="/auth", tags=["auth"])


@router.get("/sessions", summary="Your sessions", operation_id="list_sessions", response_model=SessionList)
async def list_sessions(caller: CurrentCaller, sessions: CurrentSessions) -> SessionList:
    """Where you are signed in: the sessions that live, the one used last first."""
    items = [
        SessionOut(
            id=row.id,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            ip=row.ip,
            user_agent=row.user_agent,
            current=row.id == caller.credential_id,
        )
        for row in await sessions.live(caller.user_id)
    ]
    return SessionList(items=items)


@router.delete(
    "/sessions/{session_id}",
    summary="End one of your sessions",
    operation_id="end_session",
    status_code=204,
    responses=problem_responses(404, 422),
)
async def end_session(
    session_id: Annotated[UUID, Path(description="The session's id, as the list shows it.")],
    caller: CurrentCaller,
    sessions: CurrentSessions,
    session: DbSession,
    auth: CurrentAuth,
    visitor: CurrentVisitor,
) -> Response:
    """Sign out a browser or script: its tokens are worthless from the next request on."""
    if not await sessions.revoke(caller.user_id, session_id, Reason.REVOKED):
        raise UnknownSession
    record(
        session,
        auth.clock,
        Event.SESSION_REVOKED,
        user_id=caller.user_id,
        actor=caller,
        visitor=visitor,
        detail={"session_id": str(session_id)},
    )
    answer = Response(status_code=204)
    if session_id == caller.credential_id:
        say_signed_out(answer, secure=auth.rules.secure_cookies)
    return answer


@router.post(
    "/logout-all",
    summary="Sign out everywhere",
    operation_id="log_out_all",
    status_code=204,
    responses=problem_responses(403, 503),
)
@callable_by(PUBLIC)
async def log_out_all(
    request: Request, refreshing: CurrentRefreshing, visitor: CurrentVisitor, auth: CurrentAuth
) -> Response:
    """End all your sessions, this one too, at once and everywhere. API keys go on.

    Without a session that lives, nothing is to end, and that is well; an API key can't do it.
    """
    caller = request.scope["state"].get("caller")
    await refreshing.sign_out_everywhere(caller, request.cookies.get(REFRESH_COOKIE), visitor)
    answer = Response(status_code=204)
    say_signed_out(answer, secure=auth.rules.secure_cookies)
    return answer


@router.get("/csrf", summary="A CSRF token", operation_id="get_csrf_token", response_model=CsrfToken)
async def get_csrf_token(caller: CurrentCaller, request: Request) -> CsrfToken:
    """The token of this session for the header `X-CSRF-Token`.

    Only a client that keeps cookies but sends neither `Sec-Fetch-Site` nor `Origin` needs it.
    """
    return CsrfToken(csrf_token=csrf_token(request.state.csrf_key, caller.credential_id))
