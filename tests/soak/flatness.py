"""Whether a figure that was looked at again and again stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

WARM_UP_SHARE = 1 / 3
"""So much of the time goes by before a figure has to stay: caches fill, and memory that was freed is kept."""


@dataclass(frozen=True)
class Bound:
    """How far a figure may drift over what is left of the time: so much in itself, or so large a share."""

    figure: str
    absolute: float
    share: float = 0.0


@dataclass(frozen=True)
class Verdict:
    figure: str
    first: float
    last: float
    least: float
    most: float
    drift: float
    """What the straight line through the looks gains from the end of the warm-up to the end."""
    allowed: float

    @property
    def is_flat(self) -> bool:
        return self.drift <= self.allowed

    def line(self) -> str:
        word = "flat" if self.is_flat else "GROWS"
        return (
            f"{self.figure:<28} {self.first:>10.1f} {self.last:>10.1f} {self.least:>10.1f} {self.most:>10.1f}"
            f" {self.drift:>+10.1f} {self.allowed:>10.1f}  {word}"
        )


HEAD = f"{'figure':<28} {'first':>10} {'last':>10} {'least':>10} {'most':>10} {'drift':>10} {'allowed':>10}"


def judge(bound: Bound, seconds: Sequence[float], values: Sequence[float]) -> Verdict:
    """Return whether `values`, seen at `seconds`, drift upwards by more than is allowed.

    The drift is that of the least-squares line through what was seen after the warm-up, so that clients who
    come and go weigh by what they leave behind. What falls is flat.

    Raises:
        ValueError: with fewer than 10 looks after the warm-up, which prove nothing.
    """
    at, seen = np.asarray(seconds, float), np.asarray(values, float)
    kept = at >= at[0] + (at[-1] - at[0]) * WARM_UP_SHARE
    at, seen = at[kept], seen[kept]
    if at.size < 10:
        raise ValueError(f"only {at.size} looks at {bound.figure} after the warm-up")
    slope = float(np.polyfit(at - at[0], seen, 1)[0])
    allowed = max(bound.absolute, bound.share * float(np.median(seen)))
    span = float(at[-1] - at[0])
    return Verdict(
        bound.figure,
        float(seen[0]),
        float(seen[-1]),
        float(seen.min()),
        float(seen.max()),
        slope * span,
        allowed,
    )
