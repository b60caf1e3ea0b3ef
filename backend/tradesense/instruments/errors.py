"""What can go wrong with the names and terms of instruments."""

from __future__ import annotations

from tradesense.base.errors import Invalid, NotFound


class UnknownRoot(NotFound):
    """No specification is known for a root: declare one."""

    code = "unknown_root"

    def __init__(self, root: str, source: str | None = None) -> None:
        where = f" of source {source!r}" if source else ""
        super().__init__(f"No contract specification is known for root {root!r}{where}.")
        self.root = root


class NotListed(Invalid):
    """The product exists but lists nothing of this kind, month or source."""

    code = "not_listed"


class UnknownInstrument(NotFound):
    code = "unknown_instrument"


class BadSymbol(Invalid):
    """The text is no canonical symbol."""

    code = "bad_symbol"

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is not a canonical symbol.", field="symbol")


class BadSpecification(Invalid):
    """A declared contract specification does not hold together."""

    code = "bad_specification"


class OutsideCalendar(Invalid):
    """The day lies beyond the days a trading calendar is known for."""

    code = "outside_calendar"
