"""Routes of coming in and going out: register, sign in, refresh, sign out."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response

from tradesense.auth.deps import (
    CurrentAuth,
    CurrentLimits,
    CurrentRefreshing,
    CurrentRegistration,
    CurrentSigningIn,
)
from tradesense.auth.errors import SessionEnded
from tradesense.auth.schemas import (
    LoginIn,
    MailOnTheWay,
    MfaRequired,
    Refreshed,
    RefreshedScript,
    RefreshIn,
    RegisterIn,
    SignedIn,
    SignedInScript,
    TokenForm,
)
from tradesense.auth.signing_in import subject_of
from tradesense.users import UserOut
from tradesense.web.access import PUBLIC
from tradesense.web.callers import REFRESH_COOKIE
from tradesense.web.cookies import clear_session_cookies, say_signed_out
from tradesense.web.errors import answer_of, problem_responses
from tradesense.web.strict import api_router
from tradesense.web.visitor import CurrentVisitor

router = api_router(access=PUBLIC, prefix="/auth", tags=["auth"])


@router.post(
    "/register",
    summary="Make an account",
    operation_id="register",
    status_code=201,
    response_model=UserOut,
    responses={
        202: {"model": MailOnTheWay, "description": "Where addresses are confirmed first: a mail was sent."},
        **problem_responses(403, 409, 422, 429, 503),
    },
)
async def register(
    wanted: RegisterIn, registration: CurrentRegistration, limits: CurrentLimits, visitor: CurrentVisitor
) -> UserOut | Response:
    """Make an account. It does not sign in.

    Where addresses must be confirmed first, the answer is the same 202 whether or not there is an account.
    """
    await limits.hit_auth(visitor.ip, subject_of(wanted.email))
    user = await registration.register(wanted, visitor)
    if user is not None:
        return user
    words = MailOnTheWay(detail="A mail is on its way to this address. It says what to do next.")
    return Response(words.model_dump_json(), 202, media_type="application/json")


@router.post(
    "/login",
    summary="Sign in",
    operation_id="log_in",
    response_model=SignedIn | MfaRequired,
    responses=problem_responses(401, 422, 429, 503),
)
async def log_in(
    given: LoginIn,
    signing_in: CurrentSigningIn,
    limits: CurrentLimits,
    visitor: CurrentVisitor,
    response: Response,
) -> SignedIn | MfaRequired:
    """Sign in with e-mail address and password; sets the cookies.

    An account with a second factor gets a `mfa_token` for `POST /auth/mfa/challenge` instead, and no cookie.
    """
    await limits.hit_auth(visitor.ip, subject_of(given.email))
    return await signing_in.by_password(given.email, given.password, visitor, response=response)


@router.post(
    "/token",
    summary="Sign in as a script",
    operation_id="get_token",
    response_model=SignedInScript | MfaRequired,
    responses=problem_responses(401, 422, 429, 503),
)
async def get_token(
    form: Annotated[TokenForm, Form()],
    signing_in: CurrentSigningIn,
    limits: CurrentLimits,
    visitor: CurrentVisitor,
    response: Response,
) -> SignedIn | MfaRequired:
    """Sign in by the form of an OAuth2 password grant: the same, with the refresh token in the body."""
    await limits.hit_auth(visitor.ip, subject_of(form.username))
    return await signing_in.by_password(
        form.username, form.password, visitor, response=response, for_script=True
    )


@router.post(
    "/refresh",
    summary="Stay signed in",
    operation_id="refresh",
    response_model=RefreshedScript | Refreshed,
    responses=problem_responses(400, 401, 403, 422, 429, 503),
)
async def refresh(
    request: Request,
    refreshing: CurrentRefreshing,
    visitor: CurrentVisitor,
    auth: CurrentAuth,
    response: Response,
    given: RefreshIn | None = None,
) -> Refreshed | Response:
    """Exchange a refresh token for fresh tokens.

    A browser sends its cookie and gets new cookies; a script sends the token in the body and gets a new pair
    there. A token is good once: for ten seconds the same answer comes again, then its session ends.
    """
    in_cookie = request.cookies.get(REFRESH_COOKIE)
    in_body = given.refresh_token if given is not None else None
    try:
        return await refreshing.refresh(in_cookie, in_body, visitor, response=response)
    except SessionEnded as error:
        answer = answer_of(error)
        if in_body is None:
            clear_session_cookies(answer, secure=auth.rules.secure_cookies)
        return answer


@router.post(
    "/logout",
    summary="Sign out",
    operation_id="log_out",
    status_code=204,
    responses=problem_responses(403, 503),
)
async def log_out(
    request: Request, refreshing: CurrentRefreshing, visitor: CurrentVisitor, auth: CurrentAuth
) -> Response:
    """Sign out: the session ends at once, everywhere. Without one nothing is to end, and that is well."""
    caller = request.scope["state"].get("caller")
    await refreshing.sign_out(caller, request.cookies.get(REFRESH_COOKIE), visitor)
    answer = Response(status_code=204)
    say_signed_out(answer, secure=auth.rules.secure_cookies)
    return answer
