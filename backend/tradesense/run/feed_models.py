"""The table of feeds that somebody put on or off: what FEEDS says holds until then."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, String
from sqlmodel import Field, SQLModel


class FeedSwitch(SQLModel, table=True):
    """One feed, as it was left; `changed_by` is null where the account is gone."""

    __tablename__ = "feed_switches"

    feed: str = Field(sa_column=Column(String(32), primary_key=True))
    enabled: bool = Field(sa_column=Column(Boolean, nullable=False))
    changed_by: UUID | None = Field(
        default=None, sa_column=Column(ForeignKey("users.id", ondelete="SET NULL"), nullable=True)
    )
    changed_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
