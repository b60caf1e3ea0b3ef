"""The tables of credentials: sessions, second factors, recovery codes, API keys and one-time links.

Nothing in them lets a reader of the database in: tokens, codes and keys are kept as hashes, seeds sealed.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel


class LinkKind(StrEnum):
    """What a link sent by mail lets its bearer do, once."""

    RESET_PASSWORD = "reset_password"  # noqa: S105 - a kind, not a password
    VERIFY_EMAIL = "verify_email"
    CHANGE_EMAIL = "change_email"


def _moment(*, nullable: bool = False) -> Column[datetime]:
    return Column(DateTime(timezone=True), nullable=nullable)


def _owner() -> Column[UUID]:
    return Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False)


class Session(SQLModel, table=True):
    """A signed-in browser or script. `id` is public; the refresh token's secret handle is kept as a hash.

    The live refresh token is the one that carries `counter`. For a few seconds after `rotated_at` the one
    before it is answered with the same successor; any other means theft, and the session ends.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_token_hash", "token_hash", unique=True),
        Index("ix_sessions_user", "user_id", "created_at"),
        Index("ix_sessions_expires", "expires_at"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(sa_column=_owner())
    token_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False))
    counter: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    rotated_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
    created_at: datetime = Field(sa_column=_moment())
    last_used_at: datetime = Field(sa_column=_moment())
    authenticated_at: datetime = Field(sa_column=_moment())
    expires_at: datetime = Field(sa_column=_moment())
    ip: str | None = Field(default=None, sa_column=Column(String(45)))
    user_agent: str | None = Field(default=None, sa_column=Column(String(200)))
    revoked_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
    revoked_reason: str | None = Field(default=None, sa_column=Column(String(40)))


class SecondFactor(SQLModel, table=True):
    """An authenticator app's seed, sealed. Until `enabled_at` it is pending and asks nothing of anybody.

    `last_step` is the time step of the last code accepted: none at or before it is accepted again.
    """

    __tablename__ = "second_factors"

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True))
    sealed_seed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime = Field(sa_column=_moment())
    enabled_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
    last_step: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))


class RecoveryCode(SQLModel, table=True):
    """A code that replaces the authenticator once; `selector` finds it, `code_hash` is slow and salted."""

    __tablename__ = "recovery_codes"
    __table_args__ = (Index("ix_recovery_codes_user", "user_id", "selector", unique=True),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(sa_column=_owner())
    selector: str = Field(sa_column=Column(String(8), nullable=False))
    code_hash: str = Field(sa_column=Column(String(200), nullable=False))
    created_at: datetime = Field(sa_column=_moment())
    used_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))


class FailedAttempt(SQLModel, table=True):
    """A wrong password or code, kept while it counts against the limits.

    `subject_hash` is a keyed hash of the account that was meant, whether or not there is one: attempts at
    accounts that don't exist count alike, so that nobody can tell them apart.
    """

    __tablename__ = "failed_attempts"
    __table_args__ = (
        Index("ix_failed_attempts_subject", "subject_hash", "ts"),
        Index("ix_failed_attempts_ts", "ts"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    subject_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False))
    ts: datetime = Field(sa_column=_moment())


class ApiKey(SQLModel, table=True):
    """A script's key, kept as a keyed hash; `prefix` and `last_four` are all that is ever shown again."""

    __tablename__ = "api_keys"
    __table_args__ = (
        Index("ix_api_keys_hash", "key_hash", unique=True),
        Index("ix_api_keys_user", "user_id", "created_at"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(sa_column=_owner())
    name: str = Field(sa_column=Column(String(80), nullable=False))
    prefix: str = Field(sa_column=Column(String(16), nullable=False))
    last_four: str = Field(sa_column=Column(String(4), nullable=False))
    key_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False))
    scopes: list[str] = Field(sa_column=Column(ARRAY(String(32)), nullable=False))
    created_at: datetime = Field(sa_column=_moment())
    expires_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
    last_used_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
    revoked_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))


class Link(SQLModel, table=True):
    """A link sent by mail: single use, short-lived, kept as a hash. `email` is the address it confirms."""

    __tablename__ = "links"
    __table_args__ = (
        Index("ix_links_token_hash", "token_hash", unique=True),
        Index("ix_links_user", "user_id", "kind", postgresql_where=text("used_at IS NULL")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(sa_column=_owner())
    kind: str = Field(sa_column=Column(String(20), nullable=False))
    token_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False))
    email: str | None = Field(default=None, sa_column=Column(String(320)))
    created_at: datetime = Field(sa_column=_moment())
    expires_at: datetime = Field(sa_column=_moment())
    used_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
