"""What requests about API keys hold and what answers show; the key itself in one answer only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints, model_validator

from tradesense.base.principal import Permission
from tradesense.users import Strict

Scope = Literal["market:read", "market:write", "portfolio:read", "portfolio:write", "alerts:write"]
"""The values of `base.principal.KEY_SCOPES`."""

MOST_DAYS = 3650


def _check_printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must have no control characters")
    return text


def _check_different(scopes: list[Scope]) -> list[Scope]:
    if len(set(scopes)) != len(scopes):
        raise ValueError("names a scope twice")
    return sorted(scopes)


class ApiKeyIn(Strict):
    """A key that is to be made."""

    name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
        AfterValidator(_check_printable),
    ] = Field(description="What it is for, to recognise it by.", examples=["Nightly report"])
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=5), AfterValidator(_check_different)] = (
        Field(description="What it may do; none that you may not do.", examples=[["market:read"]])
    )
    expires_at: AwareDatetime | None = Field(
        None, description="When it ends; without it and `expires_in_days`, never.", examples=[None]
    )
    expires_in_days: int | None = Field(
        None, ge=1, le=MOST_DAYS, strict=True, description="Instead: in how many days it ends.", examples=[90]
    )

    @model_validator(mode="after")
    def _check_one_end(self) -> Self:
        if self.expires_at is not None and self.expires_in_days is not None:
            raise ValueError("give expires_at or expires_in_days, not both")
        return self


class ApiKeyOut(BaseModel):
    """A key as it is shown: by its beginning and its last four characters."""

    id: UUID
    name: str = Field(examples=["Nightly report"])
    prefix: str = Field(examples=["ts_live_4fQz"])
    last_four: str = Field(examples=["9aBc"])
    scopes: list[Permission] = Field(examples=[["market:read"]])
    created_at: datetime
    expires_at: datetime | None = Field(description="When it ends; null: never.")
    last_used_at: datetime | None = Field(description="Moves at most once in 30 seconds.")


class ApiKeyMade(ApiKeyOut):
    """A new key, with its secret, which is shown this once."""

    key: str = Field(
        description="Send it as `Authorization: Bearer KEY`. It is never shown again.",
        examples=["ts_live_" + 46 * "x"],
    )
