"""What requests about people hold and what answers show; never a hash, a seed or a token."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from tradesense.base.principal import Permission
from tradesense.users.values import Role, Status


def _check_printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must have no control characters")
    return text


FullName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_check_printable),
    Field(description="What the person is called.", examples=["North"]),
]


class Strict(BaseModel):
    """A request's body: what it does not declare is refused."""

    model_config = ConfigDict(extra="forbid")


class UserOut(BaseModel):
    """An account, to the one whose it is."""

    id: UUID
    email: str = Field(examples=["north@example.com"])
    full_name: str | None = Field(examples=["North"])
    role: Role
    permissions: list[Permission] = Field(description="What the caller may do with this credential.")
    email_verified: bool
    mfa_enabled: bool
    created_at: datetime


class UserItem(BaseModel):
    """An account, to an administrator."""

    id: UUID
    email: str = Field(examples=["north@example.com"])
    full_name: str | None = Field(examples=["North"])
    role: Role
    status: Status
    email_verified: bool
    mfa_enabled: bool
    created_at: datetime
    last_login_at: datetime | None


class ProfileChange(Strict):
    """What people may change about themselves."""

    full_name: FullName | None = Field(description="The new name; null takes it away.")


class UserChange(Strict):
    """What an administrator may change about an account; what is left out stays."""

    role: Role | None = None
    status: Status | None = None


class PreferencesIn(Strict):
    """The whole document; it replaces the one kept."""

    document: dict[str, Any] = Field(
        description="Any JSON object, at most 64 KiB and 16 levels deep.", examples=[{"theme": "dark"}]
    )


class PreferencesOut(BaseModel):
    """What a person set up; `version` grows with each change and is the `ETag`."""

    document: dict[str, Any] = Field(examples=[{"theme": "dark"}])
    version: int = Field(description="0 where nothing was kept yet.", examples=[1])
    updated_at: datetime | None


class AuditItem(BaseModel):
    """Something that happened to an account."""

    ts: datetime
    event: str = Field(examples=["signed_in"])
    by_you: bool = Field(description="Whether the owner did it; else an administrator or the program.")
    ip: str | None = Field(examples=["192.0.2.1"])
    user_agent: str | None
    detail: dict[str, Any]
