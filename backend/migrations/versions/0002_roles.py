"""The roles that come with the program, and what each allows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_READS = ("market:read", "portfolio:read")
_TRADES = (*_READS, "portfolio:write", "alerts:write")
_ROLES = {
    "viewer": ("Sees the market and their own portfolios.", _READS),
    "trader": ("Keeps portfolios and alerts as well.", _TRADES),
    "admin": (
        "Manages people and market data as well.",
        (*_TRADES, "market:write", "users:read", "users:write"),
    ),
}
_roles = sa.table("roles", sa.column("name", sa.String), sa.column("description", sa.String))
_allowed = sa.table("role_permissions", sa.column("role", sa.String), sa.column("permission", sa.String))


def upgrade() -> None:
    op.bulk_insert(_roles, [{"name": name, "description": words} for name, (words, _) in _ROLES.items()])
    op.bulk_insert(
        _allowed,
        [{"role": name, "permission": each} for name, (_, allowed) in _ROLES.items() for each in allowed],
    )


def downgrade() -> None:
    op.execute(_allowed.delete().where(_allowed.c.role.in_(_ROLES)))
    op.execute(_roles.delete().where(_roles.c.name.in_(_ROLES)))
