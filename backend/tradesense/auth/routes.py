"""Routes of coming in and going out: register, sign in, refresh, sign out."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response

from tradesense.auth.deps import CurrentAuth, CurrentRefreshing, CurrentRegistration, CurrentSigningIn
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
from tradesense.users import UserOut
from tradesense.web.access import PUBLIC
from tradesense.web.callers import REFRESH_COOKIE
from tradesense.web.cookies import clear_session_cookies
from tradesense.web.errors import answer_of, problem_responses
from tradesense.web.strict import api_router
from tradesense.web.visitor import CurrentVisitor

router = api_router(access=PUBLIC, prefix="/auth", tags=["auth"])

_OAUTH2_FORM = Annotated[TokenForm, Form()]


@router.post(
    "/register",
    status_code=201,
    response_model=UserOut,
    responses={
        202: {"model": MailOnTheWay, "description": "Where addresses are confirmed first: a mail was sent."},
        **problem_responses(403, 409, 429, 503),
    },
)
async def register(
    wanted: RegisterIn, registration: CurrentRegistration, visitor: CurrentVisitor
) -> UserOut | Response:
    """Make an account. It does not sign in.

    Where addresses must be confirmed first, the answer is the same 202 whether or not there is an account.
    """
    user = await registration.register(wanted, visitor)
    if user is not None:
        return user
    words = MailOnTheWay(detail="A mail is on its way to this address. It says what to do next.")
    return Response(words.model_dump_json(), 202, media_type="application/json")


@router.post("/login", responses=problem_responses(401, 429, 503))
async def login(
    given: LoginIn, signing_in: CurrentSigningIn, visitor: CurrentVisitor, response: Response
) -> SignedIn | MfaRequired:
    """Sign in with e-mail address and password; sets the cookies.

    An account with a second factor gets a `mfa_token` for `POST /auth/mfa/challenge` instead, and no cookie.
    """
    return await signing_in.by_password(given.email, given.password, visitor, response=response)


@router.post("/token", responses=problem_responses(401, 429, 503))
async def token(
    form: _OAUTH2_FORM, signing_in: CurrentSigningIn, visitor: CurrentVisitor, response: Response
) -> SignedInScript | MfaRequired:
    """Sign in as a script, by the form of an OAuth2 password grant: the refresh token is in the body, too."""
    answer = await signing_in.by_password(
        form.username, form.password, visitor, response=response, for_script=True
    )
    assert isinstance(answer, SignedInScript | MfaRequired)
    return answer


@router.post(
    "/refresh",
    responses=problem_responses(400, 401, 403, 429, 503),
    response_model=RefreshedScript | Refreshed,
)
async def refresh(
    request: Request,
    refreshing: CurrentRefreshing,
    visitor: CurrentVisitor,
    auth: CurrentAuth,
    response: Response,
    given: RefreshIn | None = None,
) -> RefreshedScript | Refreshed | Response:
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


@router.post("/logout", status_code=204, responses=problem_responses(403, 503))
async def logout(
    request: Request, refreshing: CurrentRefreshing, visitor: CurrentVisitor, auth: CurrentAuth
) -> Response:
    """Sign out: the session ends at once, everywhere. Without one nothing is to end, and that is well."""
    caller = request.scope["state"].get("caller")
    await refreshing.sign_out(caller, request.cookies.get(REFRESH_COOKIE), visitor)
    answer = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "storage"'})
    clear_session_cookies(answer, secure=auth.rules.secure_cookies)
    return answer
