"""Asks haveibeenpwned.com whether a password was in a breach: by five characters of its hash, never more."""

from __future__ import annotations

import logging
from typing import Final

import httpx

ADDRESS: Final = "https://api.pwnedpasswords.com"
_TIMEOUT_SECONDS: Final = 1.0
_SENT_CHARACTERS: Final = 5

_log = logging.getLogger("tradesense.infra.breaches")


class PwnedPasswords:
    """See `auth.ports.BreachList`. `failures` counts the questions that were not answered in time."""

    def __init__(self, address: str = ADDRESS) -> None:
        self.failures = 0
        self._client = httpx.AsyncClient(
            base_url=address, timeout=_TIMEOUT_SECONDS, headers={"Add-Padding": "true"}
        )

    async def knows(self, sha1_hex: str) -> bool | None:
        """Tell whether a password with this SHA-1 was in a breach; `None` where nobody can say now."""
        digest = sha1_hex.upper()
        start, rest = digest[:_SENT_CHARACTERS], digest[_SENT_CHARACTERS:]
        try:
            answer = await self._client.get(f"/range/{start}")
            answer.raise_for_status()
        except httpx.HTTPError as error:
            self.failures += 1
            _log.warning(
                "the list of breached passwords does not answer",
                extra={"reason": type(error).__name__, "failures": self.failures},
            )
            return None
        # Padding lines have a count of 0.
        found = (line.partition(":") for line in answer.text.splitlines())
        return any(ending == rest and count.strip() != "0" for ending, _, count in found)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
