"""Pages of a list and the signed cursor between them; a foreign or altered cursor is refused."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Sequence
from hashlib import sha256
from typing import Generic, TypeVar

import orjson
from pydantic import BaseModel, Field

from tradesense.base.errors import Invalid

Item = TypeVar("Item")
CursorValue = str | int | float | None


class PageOf(BaseModel, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next_cursor: str | None = Field(
        description="Give it as `cursor` to get the next page; null on the last one.", examples=[None]
    )


class CursorSigner:
    """Turns the key of a page's last row into an opaque, signed text, and back."""

    def __init__(self, key: bytes) -> None:
        if len(key) < 32:
            raise ValueError("the signing key needs at least 32 bytes")
        self._key = key

    def sign(self, list_name: str, position: Sequence[CursorValue]) -> str:
        """Return the cursor that continues `list_name` after `position`.

        `list_name` names the list and its filters, so that a cursor fits no other.
        """
        payload = orjson.dumps(list(position))
        return f"{_encode(payload)}.{_encode(self._mac(list_name, payload))}"

    def read(self, list_name: str, cursor: str) -> list[CursorValue]:
        """Return the position a cursor stands for; raise `Invalid` (`bad_cursor`) for any but our own."""
        payload_text, _, mac_text = cursor.partition(".")
        try:
            payload, mac = _decode(payload_text), _decode(mac_text)
        except (binascii.Error, ValueError):
            raise _bad_cursor() from None
        if not hmac.compare_digest(mac, self._mac(list_name, payload)):
            raise _bad_cursor()
        position = orjson.loads(payload)
        assert isinstance(position, list)
        return position

    def _mac(self, list_name: str, payload: bytes) -> bytes:
        return hmac.digest(self._key, list_name.encode() + b"\0" + payload, sha256)[:16]


def _bad_cursor() -> Invalid:
    return Invalid("The cursor is not one of this list.", code="bad_cursor", field="query.cursor")


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
