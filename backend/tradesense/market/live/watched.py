"""Which of each root's topics are read: the names that demand brings, sorted by root and source; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from tradesense.instruments import BadSymbol, parse_symbol
from tradesense.market.live.views import RootKey


class Watched:
    """What is read at one beat; `topics` are the names as they came, `None` where all may be."""

    def __init__(self, topics: frozenset[str] | None) -> None:
        self.topics = topics
        self._plain: defaultdict[str, set[str]] = defaultdict(set)
        self._named: defaultdict[RootKey, set[str]] = defaultdict(set)
        for topic in topics or ():
            name, _, source = topic.partition("@")
            root = root_of_topic(name)
            if root is None:
                continue
            if source:
                self._named[RootKey(source, root)].add(name)
            else:
                self._plain[root].add(name)

    def keys_among(self, keys: Iterable[RootKey]) -> Collection[RootKey]:
        """Return those of which something may be read."""
        return [key for key in keys if key in self._named or key.root in self._plain]

    def topics_of(self, key: RootKey, *, is_default: bool) -> set[str]:
        """Return what is read of a root at a source, by plain names.

        What was asked for without a source is read of the one that answers for the root.
        """
        plain = self._plain.get(key.root, set()) if is_default else set()
        return self._named.get(key, set()) | plain


def root_of_topic(topic: str) -> str | None:
    """Return the root that a topic without source tells of; `None` where it tells of none.

    >>> root_of_topic("chain:CL:2026-12-17"), root_of_topic("bars:CL-2026-12:1m"), root_of_topic("a:b")
    ('CL', 'CL', None)
    """
    kind, _, rest = topic.partition(":")
    name = rest.partition(":")[0]
    if kind in ("board", "curve", "chain", "expiries", "surface"):
        return name
    if kind not in ("quotes", "bars"):
        return None
    try:
        return parse_symbol(name).root
    except BadSymbol:
        return None
