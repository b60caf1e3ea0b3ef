"""Answers a read that did not change with 304: `ETag` and `If-None-Match`."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response


def etag_of(body: bytes) -> str:
    """Return the strong validator of these bytes."""
    return f'"{blake2b(body, digest_size=16).hexdigest()}"'


def matches(if_none_match: str | None, etag: str) -> bool:
    """Tell whether the caller has this state already (RFC 9110: weak comparison, `*` matches all)."""
    if if_none_match is None:
        return False
    known = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return "*" in known or etag.removeprefix("W/") in known


def cached_response(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    etag: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with `body`, or 304 where the caller's copy is the same. `etag` spares hashing kept bytes."""
    etag = etag or etag_of(body)
    all_headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept", **(headers or {})}
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=all_headers)
    return Response(body, headers=all_headers, media_type=media_type)
