"""Writes a document and what changed in it as bytes, once for all the names it is told under; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

from tradesense.base.live import Step, Whole
from tradesense.market.live.overlay import delta_of
from tradesense.market.live.views import Document
from tradesense.web.formats import encode_json

LARGEST_DELTA: Final = 0.7
"""As a share of the whole: a longer one is not worth laying over."""

WORTH_COMPARING: Final = 0.5
"""Where a few elements of a long list change by more than this, comparing all costs more than it spares."""

_QUIET_MS: Final = 15_000
"""What does not change is said again after so long: looked at every ten seconds, it stays the present of
`present.TOLD_WITHIN`."""

_LONG_LIST: Final = 32
# Spread by the golden ratio: round strikes, which trade most, stand at even distances.
_SAMPLES: Final = tuple((place * 0.6180339887) % 1.0 for place in range(12))


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a topic last."""

    seq: int
    data: dict[str, Any]


def tell(
    document: Document,
    topics: Collection[str],
    told: Mapping[str, Told],
    seq: int,
    *,
    quiet_ms: int = _QUIET_MS,
) -> list[tuple[Step, Whole, Told]]:
    """Return what to publish of a document under each of its names, and what is told then.

    Nothing where nothing changed, unless it has not been said for `quiet_ms`.
    """
    whole: Whole | None = None
    ts = document.ts.astimezone(UTC).isoformat().replace("+00:00", "Z")
    deltas: dict[int, bytes | None] = {}
    steps = []
    now = Told(seq, document.data)
    for topic in topics:
        before = told.get(topic)
        if whole is None:
            whole = Whole(seq, encode_json(document.data), ts)
        if before is None:
            steps.append((Step(topic, seq, 0, None, ts), whole, now))
            continue
        if id(before.data) not in deltas:
            deltas[id(before.data)] = _delta(before.data, document, len(whole.body))
        body = deltas[id(before.data)]
        if body == b"{}" and seq - before.seq < quiet_ms:
            continue
        steps.append((Step(topic, seq, before.seq, body, ts), whole, now))
    return steps


def _delta(before: dict[str, Any], document: Document, whole_length: int) -> bytes | None:
    if document.keyed is None or _changes_throughout(before, document):
        return None
    delta = delta_of(before, document.data, keyed=document.keyed)
    if delta is None:
        return None
    body = encode_json(delta)
    return body if len(body) <= LARGEST_DELTA * whole_length else None


def _changes_throughout(before: dict[str, Any], document: Document) -> bool:
    """Tell from a few elements of a long list that a delta would be too long, before it is all compared."""
    for name, key in (document.keyed or {}).items():
        old, new = before.get(name, ()), document.data.get(name, ())
        if len(old) != len(new) or len(new) < _LONG_LIST:
            continue
        places = sorted({int(each * len(new)) for each in _SAMPLES})
        sample = {name: [new[place] for place in places]}
        delta = delta_of({name: [old[place] for place in places]}, sample, keyed={name: key})
        if delta is None or len(encode_json(delta)) > WORTH_COMPARING * len(encode_json(sample)):
            return True
    return False
