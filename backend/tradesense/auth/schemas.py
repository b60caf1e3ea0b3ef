"""What requests about signing in hold, and what answers show."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from tradesense.users import EmailText, FullName, Strict, UserOut

MOST_PASSWORD_CHARACTERS = 1024

PasswordText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MOST_PASSWORD_CHARACTERS),
    Field(description="At most 1024 bytes; spaces count.", examples=["correct horse battery staple"]),
]
TokenText = Annotated[str, StringConstraints(min_length=1, max_length=2048)]


class RegisterIn(Strict):
    """A new account."""

    email: EmailText
    password: PasswordText
    full_name: FullName | None = None


class LoginIn(Strict):
    """E-mail address and password."""

    email: EmailText
    password: PasswordText


class TokenForm(Strict):
    """The same as an OAuth2 form, as scripts send it; what such a form has beyond that is ignored."""

    username: EmailText
    password: PasswordText
    grant_type: Literal["password"] = "password"
    scope: Annotated[str, StringConstraints(max_length=200)] = ""
    client_id: Annotated[str, StringConstraints(max_length=200)] | None = None
    client_secret: Annotated[str, StringConstraints(max_length=200)] | None = None


class RefreshIn(Strict):
    """A script's refresh token; a browser sends its cookie instead."""

    refresh_token: TokenText | None = None


class ForgotIn(Strict):
    """The address to send a link to."""

    email: EmailText


class ResetIn(Strict):
    """The token of the mailed link, and the new password."""

    token: TokenText
    password: PasswordText


class PasswordChangeIn(Strict):
    """The present password and the new one."""

    current_password: PasswordText
    new_password: PasswordText


class SignedIn(BaseModel):
    """Somebody is signed in; the same access token is in the cookie."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a word of OAuth2, not a password
    expires_in: int = Field(description="Seconds.", examples=[900])
    user: UserOut


class SignedInScript(SignedIn):
    """The same, with the refresh token for a script."""

    refresh_token: str


class MfaRequired(BaseModel):
    """The password is right; a code is still owed, at `POST /auth/mfa/challenge`, within five minutes."""

    mfa_required: Literal[True] = True
    mfa_token: str


class Refreshed(BaseModel):
    """New cookies were set."""

    expires_in: int = Field(description="Seconds.", examples=[900])


class RefreshedScript(Refreshed):
    """A new pair of tokens."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a word of OAuth2, not a password


class MailOnTheWay(BaseModel):
    """If there is something to be sent, it is on its way; the answer is the same either way."""

    detail: str = Field(examples=["If that is possible, a mail is on its way."])


class CsrfToken(BaseModel):
    """For the header `X-CSRF-Token` of a client that sends neither `Sec-Fetch-Site` nor `Origin`."""

    csrf_token: str


class SessionOut(BaseModel):
    """A browser or script that is signed in."""

    id: UUID
    created_at: datetime
    last_used_at: datetime
    ip: str | None = Field(examples=["192.0.2.1"])
    user_agent: str | None
    current: bool = Field(description="Whether this very request came by it.")


class SessionList(BaseModel):
    """The sessions that live, the one used last first."""

    items: list[SessionOut]
    next_cursor: None = None
