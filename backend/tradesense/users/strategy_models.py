"""The table of strategies that people keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, DateTime, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class SavedStrategy(SQLModel, table=True):
    """A strategy as its owner left it; `legs` are those of `StrategyLeg`, `version` is for `If-Match`."""

    __tablename__ = "strategies"
    __table_args__ = (Index("ix_strategies_user", "user_id", "created_at", "id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False))
    name: str = Field(sa_column=Column(String(80), nullable=False))
    notes: str = Field(default="", sa_column=Column(String(2000), nullable=False))
    underlying: str = Field(sa_column=Column(String(24), nullable=False))
    legs: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    version: int = Field(default=1, nullable=False)
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    updated_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
