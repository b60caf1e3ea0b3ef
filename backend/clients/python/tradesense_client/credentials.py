"""Who calls: an API key, a token from elsewhere, or a pair of tokens that renews itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in gives: `refresh` is good once, and answered by a new pair."""

    access: str
    refresh: str
    expires_in: float


class Credentials(Protocol):
    """Answers what to send, and what to do when it is refused."""

    def bearer(self) -> str:
        """Return what to send as `Authorization: Bearer`."""
        ...

    async def renew(self, refused: str) -> bool:
        """Get something newer than what was refused; tell whether asking again makes sense."""
        ...

    def seconds_left(self) -> float | None:
        """Return how long the bearer is good for; `None` where that is not known."""
        ...


class Fixed:
    """An API key, or an access token somebody else looks after."""

    def __init__(self, bearer: str) -> None:
        self._bearer = bearer

    def bearer(self) -> str:
        return self._bearer

    async def renew(self, refused: str) -> bool:  # noqa: ARG002 - there is nothing newer
        return False

    def seconds_left(self) -> float | None:
        return None


class Renewing:
    """A pair of tokens. Many who are refused at once share one renewal, for a refresh token is good once."""

    def __init__(
        self,
        tokens: Tokens,
        refresh: Callable[[str], Awaitable[Tokens]],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._refresh = refresh
        self._monotonic = monotonic
        self._lock = asyncio.Lock()
        self._take(tokens)

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    def bearer(self) -> str:
        return self._tokens.access

    async def renew(self, refused: str) -> bool:
        async with self._lock:
            if self._tokens.access == refused:
                self._take(await self._refresh(self._tokens.refresh))
        return True

    def seconds_left(self) -> float:
        return self._good_until - self._monotonic()

    def _take(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._good_until = self._monotonic() + tokens.expires_in
