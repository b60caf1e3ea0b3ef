"""Writes down what happened to an account, in the transaction in which it happened."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from tradesense.base.clock import Clock
from tradesense.base.principal import Principal
from tradesense.users.models import AuditEvent
from tradesense.web.visitor import Visitor


class Event(StrEnum):
    """What can happen to an account."""

    REGISTERED = "registered"
    MADE_BY_COMMAND = "made_by_command"
    IMPORTED = "imported"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    CODE_FAILED = "code_failed"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    SESSION_REVOKED = "session_revoked"
    REFRESH_REUSE = "refresh_reuse"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - an event, not a password
    PASSWORD_RESET_ASKED = "password_reset_asked"  # noqa: S105
    PASSWORD_RESET = "password_reset"  # noqa: S105
    EMAIL_VERIFIED = "email_verified"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGED = "email_changed"
    MFA_ENABLED = "mfa_enabled"
    MFA_DISABLED = "mfa_disabled"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    API_KEY_MADE = "api_key_made"
    API_KEY_REVOKED = "api_key_revoked"
    PROFILE_CHANGED = "profile_changed"
    ROLE_CHANGED = "role_changed"
    DISABLED = "disabled"
    ENABLED = "enabled"
    DELETED = "deleted"
    FEED_SWITCHED_ON = "feed_switched_on"
    FEED_SWITCHED_OFF = "feed_switched_off"


Detail = Mapping[str, str | int | bool | None]


def record(
    session: AsyncSession,
    clock: Clock,
    event: Event,
    *,
    user_id: UUID | None,
    actor: Principal | UUID | None = None,
    visitor: Visitor | None = None,
    detail: Detail | None = None,
) -> None:
    """Add one event about the account `user_id` (or about none), done by `actor` where `visitor` stands.

    It is kept and undone with the transaction. `detail` must hold no secret and nothing a stranger typed.
    """
    actor_id, credential_id = (
        (actor.user_id, actor.credential_id) if isinstance(actor, Principal) else (actor, None)
    )
    session.add(
        AuditEvent(
            ts=clock.now(),
            event=event,
            user_id=user_id,
            actor_id=actor_id,
            credential_id=credential_id,
            ip=visitor.ip or None if visitor else None,
            user_agent=visitor.user_agent or None if visitor else None,
            request_id=visitor.request_id or None if visitor else None,
            detail=dict(detail or {}),
        )
    )
