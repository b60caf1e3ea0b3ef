"""Who may come in at all, by whatever they bear: said once for sessions and API keys."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlmodel import col

from tradesense.users import Status, User


def may_come_in(*, needs_verified_email: bool) -> tuple[ColumnElement[bool], ...]:
    """Return what must hold of the account that a session or key belongs to."""
    is_active = col(User.status) == Status.ACTIVE
    return (is_active, col(User.email_verified_at).is_not(None)) if needs_verified_email else (is_active,)
