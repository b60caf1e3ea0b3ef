"""What requests about one's own account hold, and what the export of it shows."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from tradesense.auth.api_keys_schemas import ApiKeyOut
from tradesense.auth.schemas import PasswordText, SessionOut, TokenText
from tradesense.users import AuditItem, EmailText, StrategyOut, Strict, UserItem, WatchlistOut


class DeleteIn(Strict):
    """The password, and a code where the account has a second factor."""

    password: PasswordText
    code: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        None, description="Of the authenticator app, or a recovery code.", examples=[None]
    )


class EmailChangeIn(Strict):
    """The password and the new address."""

    password: PasswordText
    new_email: EmailText


class EmailVerifyIn(Strict):
    """The token of the mailed link."""

    token: TokenText


class ResendIn(Strict):
    """The address that is still to be confirmed."""

    email: EmailText


class SessionRecord(SessionOut):
    """A session, also one that has ended."""

    ended_at: datetime | None


class ApiKeyRecord(ApiKeyOut):
    """An API key, also one that was revoked; never the key itself."""

    revoked_at: datetime | None


class AccountExport(BaseModel):
    """Everything that is kept about one account, but hashes and seeds."""

    exported_at: datetime
    account: UserItem
    password_changed_at: datetime | None
    preferences: dict[str, Any]
    watchlists: list[WatchlistOut]
    strategies: list[StrategyOut]
    sessions: list[SessionRecord]
    api_keys: list[ApiKeyRecord]
    events: list[AuditItem] = Field(description="The newest first; the last 20,000.")
