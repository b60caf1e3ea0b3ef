"""What views take and give: a copy of the book for one root, and the documents to be told of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from tradesense.instruments import Instrument
from tradesense.market.live.quotes import FeedStatus, Floats, Ints

_LAYOUTS_KEPT: Final = 2_000


class RootKey(NamedTuple):
    """One root at one source: what the book is copied by and views are made of."""

    source: str
    root: str


@dataclass(frozen=True, slots=True)
class TwoSided:
    """The newest quote of each instrument with both sides in order; `ts_us` is 0 where there was none."""

    ts_us: Ints
    seq: Ints
    bid: Floats
    ask: Floats


@dataclass(frozen=True, slots=True)
class RootQuotes:
    """A copy of what the book has of one root at one source; arrays are parallel to `instruments`.

    `instruments` is the same object as long as the same are listed with the same terms. `ts_us` is the
    newest quote's time in microseconds since 1970 UTC, 0 where nothing was quoted yet; `columns` has all
    of `OPTION_COLUMNS`, NaN where a value is not known.
    """

    key: RootKey
    instruments: Sequence[Instrument]
    ts_us: Ints
    seq: Ints
    columns: Mapping[str, Floats]
    two_sided: TwoSided


Layout = TypeVar("Layout")


class Layouts(Generic[Layout]):
    """What is made of a root's listing once, until the listing is another; the oldest of 2,000 goes first."""

    def __init__(self, make: Callable[[RootQuotes], Layout]) -> None:
        self._make = make
        self._kept: OrderedDict[RootKey, tuple[Sequence[Instrument], Layout]] = OrderedDict()

    def of(self, quotes: RootQuotes) -> Layout:
        """Return what is made of the root's instruments."""
        kept = self._kept.get(quotes.key)
        if kept is None or kept[0] is not quotes.instruments:
            kept = self._kept[quotes.key] = (quotes.instruments, self._make(quotes))
            if len(self._kept) > _LAYOUTS_KEPT:
                self._kept.popitem(last=False)
        return kept[1]


class QuoteBook(Protocol):
    """The newest quotes by source and root. Called on the event loop."""

    def take_changed(self) -> Collection[RootKey]:
        """Return the roots where something was listed, quoted or withdrawn since the last call."""
        ...

    def roots(self) -> Collection[RootKey]:
        """Return every root with something listed."""
        ...

    def copy(self, key: RootKey) -> RootQuotes | None:
        """Return a copy that no later quote changes; `None` where nothing is listed any more."""
        ...


class FeedStates(Protocol):
    """How the feed behind a source is doing."""

    def state_of(self, source: str) -> FeedStatus | None:
        """Return how it is doing; `None` where no feed is known for the source."""
        ...

    def is_enabled(self, feed: str) -> bool:
        """Tell whether a feed is on."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """The whole of one topic at an instant.

    `keyed` names the lists whose elements are told apart by a field, as `{"rows": "strike"}`; `None`
    means that it is always told whole.
    """

    topic: str
    ts: datetime
    data: dict[str, Any]
    keyed: Mapping[str, str] | None = field(default_factory=dict)


Make = Callable[[], list[Document]]
"""What computes a root's documents: called in a worker thread, touches nothing that the loop changes."""


Wanted = Collection[str] | None
"""The topics that are read, by their plain names; `None` for all there are."""


class View(Protocol):
    """Makes the documents of one root. Calls for one root never overlap."""

    def prepare(
        self, quotes: RootQuotes, at: datetime, feed: FeedStatus | None, wanted: Wanted = None
    ) -> Make | None:
        """Gather on the event loop what the documents are made of; `None` where it is not there yet.

        Others than the `wanted` need not be made.
        """
        ...
