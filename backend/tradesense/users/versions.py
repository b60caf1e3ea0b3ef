"""Reads the version of what is kept from `If-Match`, as its `ETag` told it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header

from tradesense.base.errors import Invalid

IfMatch = Annotated[
    str | None,
    Header(
        max_length=40,
        description="The `ETag` of the version this replaces; without it, whichever is kept.",
    ),
]


def version_of(if_match: str | None) -> int | None:
    """Return the version an `If-Match` names, `None` without one. Raises `Invalid` for what is none."""
    if if_match is None:
        return None
    version = if_match.strip().removeprefix("W/").removeprefix('"').removesuffix('"')
    if not version.isascii() or not version.isdecimal() or len(version) > 9:
        raise Invalid("One ETag of this document.", code="bad_etag", field="header.If-Match")
    return int(version)
