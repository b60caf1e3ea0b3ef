"""What the room needs from outside: somebody who knows which passwords were stolen elsewhere."""

from __future__ import annotations

from typing import Protocol


class BreachList(Protocol):
    """Knows the passwords of breaches. It is told the beginning of a hash only."""

    async def knows(self, sha1_hex: str) -> bool | None:
        """Tell whether a password with this SHA-1 was in a breach; `None` where nobody can say now."""
        ...


class NoBreachList:
    """Where asking is switched off."""

    async def knows(self, sha1_hex: str) -> bool | None:  # noqa: ARG002 - the port's word
        return None
