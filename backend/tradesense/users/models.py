"""The tables of people: accounts, roles and what they allow, preferences, mail to send, and what happened.

Times are aware UTC. A row of another room points here by `users.id`; no relationship crosses a room.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Identity, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from tradesense.users.values import Role, Status


def _moment(*, nullable: bool = False, now: bool = False) -> Column[datetime]:
    return Column(DateTime(timezone=True), nullable=nullable, server_default=text("now()") if now else None)


class RoleRow(SQLModel, table=True):
    """A role by its name."""

    __tablename__ = "roles"

    name: str = Field(sa_column=Column(String(32), primary_key=True))
    description: str = Field(sa_column=Column(String(200), nullable=False))


class RolePermission(SQLModel, table=True):
    """One thing a role allows; `permission` is a value of `base.principal.Permission`."""

    __tablename__ = "role_permissions"

    role: str = Field(
        sa_column=Column(String(32), ForeignKey("roles.name", ondelete="CASCADE"), primary_key=True)
    )
    permission: str = Field(sa_column=Column(String(32), primary_key=True))


class User(SQLModel, table=True):
    """An account. `email_key` is what makes an address unique: the casefolded local part, the IDNA domain.

    `password_hash` is null where the account was imported without one: it has to be reset first.
    `credentials_epoch` grows with every change of password or second factor; tokens made for one step of
    signing in carry it and die with it. `mfa_enabled` is kept by `auth`, with the second factor itself.
    """

    __tablename__ = "users"
    __table_args__ = (
        Index("ix_users_email_key", "email_key", unique=True),
        Index("ix_users_status_created", "status", "created_at", "id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(sa_column=Column(String(320), nullable=False))
    email_key: str = Field(sa_column=Column(String(320), nullable=False))
    full_name: str | None = Field(default=None, sa_column=Column(String(120)))
    role: str = Field(
        default=Role.TRADER, sa_column=Column(String(32), ForeignKey("roles.name"), nullable=False)
    )
    status: str = Field(default=Status.ACTIVE, sa_column=Column(String(16), nullable=False))
    password_hash: str | None = Field(default=None, sa_column=Column(String(200)))
    password_changed_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
    credentials_epoch: int = Field(default=0, nullable=False)
    mfa_enabled: bool = Field(default=False, nullable=False)
    email_verified_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
    last_login_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
    created_at: datetime = Field(sa_column=_moment())
    updated_at: datetime = Field(sa_column=_moment())


class Preferences(SQLModel, table=True):
    """What a person set up in the browser, one document a person; `version` is for `If-Match`."""

    __tablename__ = "preferences"

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True))
    document: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    version: int = Field(default=1, nullable=False)
    updated_at: datetime = Field(sa_column=_moment())


class Watchlist(SQLModel, table=True):
    """A named list of symbols that a person watches, in the person's order; `version` is for `If-Match`."""

    __tablename__ = "watchlists"
    __table_args__ = (Index("ix_watchlists_user", "user_id", "created_at", "id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False))
    name: str = Field(sa_column=Column(String(60), nullable=False))
    symbols: list[str] = Field(sa_column=Column(ARRAY(String(64)), nullable=False))
    version: int = Field(default=1, nullable=False)
    created_at: datetime = Field(sa_column=_moment())
    updated_at: datetime = Field(sa_column=_moment())


class OutgoingMail(SQLModel, table=True):
    """A mail to be sent, written in the transaction that caused it; `sealed` holds recipient and text."""

    __tablename__ = "mail_outbox"
    __table_args__ = (
        Index(
            "ix_mail_outbox_due", "due_at", postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL")
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: str = Field(sa_column=Column(String(40), nullable=False))
    user_id: UUID | None = Field(default=None, sa_column=Column(ForeignKey("users.id", ondelete="SET NULL")))
    sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    attempts: int = Field(default=0, nullable=False)
    created_at: datetime = Field(sa_column=_moment())
    due_at: datetime = Field(sa_column=_moment())
    sent_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
    given_up_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))


class AuditEvent(SQLModel, table=True):
    """Something that happened to an account. Rows are only ever added: the database refuses more.

    `user_id` is whose account it is about, `actor_id` who did it; neither is a foreign key, for the log
    outlives the account. `detail` never holds a secret.
    """

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_user", "user_id", "id"),)

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    ts: datetime = Field(sa_column=_moment())
    event: str = Field(sa_column=Column(String(60), nullable=False))
    user_id: UUID | None = Field(default=None)
    actor_id: UUID | None = Field(default=None)
    credential_id: UUID | None = Field(default=None)
    ip: str | None = Field(default=None, sa_column=Column(String(45)))
    user_agent: str | None = Field(default=None, sa_column=Column(String(200)))
    request_id: str | None = Field(default=None, sa_column=Column(String(64)))
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))


class KeptAnswer(SQLModel, table=True):
    """The answer to a POST with an `Idempotency-Key`, so that the same call again does nothing twice."""

    __tablename__ = "kept_answers"
    __table_args__ = (Index("ix_kept_answers_created", "created_at"),)

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True))
    operation: str = Field(sa_column=Column(String(80), primary_key=True))
    key_hash: bytes = Field(sa_column=Column(LargeBinary(32), primary_key=True))
    request_hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False))
    status: int | None = Field(default=None)
    sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    created_at: datetime = Field(sa_column=_moment())
