"""What can be wrong about people's accounts."""

from __future__ import annotations

from tradesense.base.errors import Conflict, NotFound, Outdated


class EmailTaken(Conflict):
    code = "email_taken"

    def __init__(self) -> None:
        super().__init__("There is an account with this e-mail address already.")


class UnknownUser(NotFound):
    code = "unknown_user"

    def __init__(self) -> None:
        super().__init__("There is no such account.")


class LastAdmin(Conflict):
    """Without this account nobody could manage the others any more."""

    code = "last_admin"

    def __init__(self) -> None:
        super().__init__("This is the last administrator who can sign in; make another one first.")


class KeyReused(Conflict):
    """An `Idempotency-Key` came a second time, with another request."""

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for another request; make a new one.")


class PreferencesChanged(Outdated):
    def __init__(self) -> None:
        super().__init__("The preferences changed meanwhile; read them again.")


class UnknownWatchlist(NotFound):
    code = "unknown_watchlist"

    def __init__(self) -> None:
        super().__init__("There is no such watch list.")


class WatchlistChanged(Outdated):
    def __init__(self) -> None:
        super().__init__("The watch list changed meanwhile; read it again.")


class TooManyWatchlists(Conflict):
    code = "too_many_watchlists"

    def __init__(self, most: int) -> None:
        super().__init__(f"There are {most} watch lists already; delete one first.")
