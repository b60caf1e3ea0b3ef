"""What goes to whom of one topic: the shared delta to who has the state before it, to others the whole.

There is no queue: a client that can't be written to, or wants less, is skipped and later given what is newest
then. Each frame is made once, whatever the number of clients.
"""

from __future__ import annotations

from typing import Final, Protocol

from tradesense.base.live import Step, Whole
from tradesense.streaming.protocol import MOST_HZ, delta_frame, snapshot_frame
from tradesense.streaming.wire import Write, text_frame

_NEVER: Final = -1


class Taker(Protocol):
    """The client's side of a subscription."""

    write: Write
    is_clear: bool
    """Whether the client takes what is written."""


class Subscription:
    """One client on one topic: which state it has, and when it may have the next."""

    __slots__ = ("due", "interval", "seq", "taker", "told_waiting")

    def __init__(self, taker: Taker, max_hz: float) -> None:
        self.taker = taker
        self.interval = 0.0 if max_hz >= MOST_HZ else 1.0 / max_hz
        self.due = 0.0
        self.seq = _NEVER
        self.told_waiting = False


class Outbox:
    """The subscriptions of one topic, and the newest frames for them."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.seq = _NEVER
        self.subscriptions: set[Subscription] = set()
        self.late: set[Subscription] = set()
        """Those that still have to get the newest state."""
        self.written = 0
        self._whole: tuple[int, bytes] = (_NEVER, b"")
        self._step: tuple[int, int, bytes] = (_NEVER, _NEVER, b"")

    def lacks_whole(self, now: float) -> bool:
        """Tell whether somebody may have a whole now that is not at hand."""
        if self._whole[0] >= self.seq:
            return False
        seq, prev, _ = self._step
        base = prev if seq == self.seq else None
        return any(sub.seq != base and sub.taker.is_clear and now >= sub.due for sub in self.late)

    def add(self, subscription: Subscription) -> None:
        """Begin a subscription; `deliver` gives it the first state."""
        self.subscriptions.add(subscription)
        self.late.add(subscription)

    def remove(self, subscription: Subscription) -> None:
        """End a subscription."""
        self.subscriptions.discard(subscription)
        self.late.discard(subscription)

    def restart(self, subscription: Subscription) -> None:
        """Forget which state the client has: it gets a whole next."""
        subscription.seq = _NEVER
        self.late.add(subscription)

    def take_whole(self, whole: Whole, now: float) -> bool:
        """Take a state from the cache, unless it is older than what is known; tell whether it was taken."""
        if whole.seq < self.seq or whole.seq <= self._whole[0]:
            return False
        self._whole = (whole.seq, text_frame(snapshot_frame(self.shown, whole)))
        if whole.seq > self.seq:
            self.seq = whole.seq
            self.late.update(self.subscriptions)
        self.deliver(now)
        return True

    def take_step(self, step: Step, now: float) -> None:
        """Take a change from the bus: who has the state before it gets it at once."""
        if step.seq <= self.seq:
            return
        self.seq = step.seq
        if step.body is None:
            self.late.update(self.subscriptions)
            return
        framed = text_frame(delta_frame(self.shown, step))
        self._step = (step.seq, step.prev, framed)
        self._fan_out(step.seq, step.prev, framed, now)

    def _fan_out(self, seq: int, prev: int, framed: bytes, now: float) -> None:
        late, written = self.late, 0
        for sub in self.subscriptions:
            taker = sub.taker
            if sub.seq == prev and taker.is_clear and now >= sub.due:
                taker.write(framed)
                sub.seq = seq
                written += 1
                if sub.interval:
                    sub.due = now + sub.interval
            elif sub.seq < seq:
                late.add(sub)
        self.written += written

    def deliver(self, now: float) -> None:
        """Give the newest state to those late ones that take it, and may have it by now."""
        step_seq, prev, delta = self._step
        whole_seq, whole = self._whole
        for sub in list(self.late):
            if not sub.taker.is_clear or now < sub.due:
                continue
            if sub.seq >= self.seq and sub.seq != _NEVER:
                self.late.discard(sub)
                continue
            if step_seq == self.seq and sub.seq == prev != _NEVER:
                sub.taker.write(delta)
            elif whole_seq >= self.seq and whole_seq != _NEVER:
                sub.taker.write(whole)
            else:
                continue
            sub.seq = self.seq
            sub.due = now + sub.interval
            self.written += 1
            self.late.discard(sub)
