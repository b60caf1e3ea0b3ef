"""Remembers what is to be done once a transaction is kept: telling others, forgetting what was cached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

_KEY = "tradesense.after_commit"


class Transaction(Protocol):
    """Anything with a dictionary that lives as long as the transaction."""

    @property
    def info(self) -> dict[Any, Any]: ...


def after_commit(transaction: Transaction, call: Callable[[], None]) -> None:
    """Have `call` run once the transaction is committed, and never where it is undone."""
    transaction.info.setdefault(_KEY, []).append(call)


def run_after_commit(transaction: Transaction) -> None:
    """Run what was asked for, in order; for the one who commits."""
    for call in transaction.info.pop(_KEY, ()):
        call()


def forget_after_commit(transaction: Transaction) -> None:
    """Drop what was asked for; for the one who undoes."""
    transaction.info.pop(_KEY, None)
