"""One socket: what it said, whether that is within bounds, and what is done about it."""

from __future__ import annotations

from collections import deque
from collections.abc import Coroutine
from typing import Any, Final, Protocol

from tradesense.base.errors import AppError
from tradesense.base.principal import Principal, Standing
from tradesense.streaming import protocol
from tradesense.streaming.outbox import Subscription
from tradesense.streaming.protocol import Asked, CloseCode, Code, Op, Refused
from tradesense.streaming.topics import Named, resolve
from tradesense.streaming.wire import Line, text_frame

_MOST_WAITING: Final = protocol.MOST_MESSAGES_A_MINUTE
_A_MINUTE: Final = 60.0


class Home(Protocol):
    """What a client needs of the hub."""

    def monotonic(self) -> float: ...

    def stamp(self) -> str:
        """Return the time, as frames say it."""
        ...

    def subscribe(self, named: Named, subscription: Subscription) -> None:
        """Begin to deliver a topic. Raises `Refused`."""
        ...

    def unsubscribe(self, named: Named, subscription: Subscription) -> None: ...

    def restart(self, named: Named, subscription: Subscription) -> None:
        """Deliver the whole again."""
        ...

    def admit(self, client: Client, standing: Standing) -> CloseCode | None:
        """Let an authenticated client in, or say why not."""
        ...

    def leave(self, client: Client) -> None: ...

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something short beside."""
        ...

    async def prove(self, asked: Asked) -> Standing | None:
        """Return who bears the token or ticket of an `auth`."""
        ...


class Client:
    """See `wire.Listener` and `outbox.Taker`. Everything happens on the event loop, without waiting."""

    __slots__ = (
        "_bad",
        "_home",
        "_line",
        "_refilled_at",
        "_tokens",
        "_waiting",
        "is_clear",
        "is_open",
        "opened_at",
        "standing",
        "stuck_since",
        "subscriptions",
        "write",
    )

    def __init__(self, home: Home, line: Line) -> None:
        self._home = home
        self._line = line
        self._bad = 0
        self._tokens = float(protocol.MOST_MESSAGES_A_MINUTE)
        self._waiting: deque[Asked] | None = None
        self.opened_at = self._refilled_at = home.monotonic()
        self.standing: Standing | None = None
        self.subscriptions: dict[str, tuple[Named, Subscription]] = {}
        self.is_clear = self.is_open = True
        self.stuck_since: float | None = None
        self.write = line.take(self)

    # What comes over the line

    def heard(self, data: bytes) -> None:
        if not self.is_open or not self._is_within_budget():
            return
        try:
            asked = protocol.read_message(data)
        except Refused as error:
            self._answer_refused(error)
        else:
            self._take(asked)

    def heard_other(self, *, is_ping: bool) -> None:
        if self.is_open and self._is_within_budget() and not is_ping:
            self._answer_refused(Refused(Code.BAD_JSON, "A message is one JSON object, as text."))

    def paused(self) -> None:
        self.is_clear = False
        self.stuck_since = self._home.monotonic()

    def resumed(self) -> None:
        self.stuck_since = None
        self.is_clear = self.is_open

    def closed(self) -> None:
        self._go()

    # What others tell it

    def close(self, code: CloseCode) -> None:
        """Say why and close."""
        self._go()
        self._line.close(code, protocol.REASONS[code])

    def cut(self) -> None:
        """Cut off: it does not take what we say."""
        self._go()
        self._line.abort()

    def end_session(self) -> None:
        """Close: what was proven is not good any more."""
        self.close(CloseCode.SESSION_ENDED)

    def change_caller(self, caller: Principal) -> None:
        """Let go of the topics that the caller may not follow any more."""
        for topic, (named, subscription) in list(self.subscriptions.items()):
            try:
                resolve(topic, caller)
            except Refused as error:
                del self.subscriptions[topic]
                self._home.unsubscribe(named, subscription)
                self.say(protocol.status_frame(topic, self._home.stamp(), "forbidden", error.detail))

    def say(self, payload: bytes) -> None:
        """Send one message to this client alone; who does not take it misses it."""
        if self.is_clear:
            self.write(text_frame(payload))

    def admit(self, standing: Standing) -> bool:
        """Let it in as this caller; `False` where it was closed instead."""
        refused = self._home.admit(self, standing)
        if refused is not None:
            self.close(refused)
            return False
        self.standing = standing
        return True

    # What it asks for

    def _take(self, asked: Asked) -> None:
        if not self.is_open:
            return
        if self._waiting is not None:
            # What comes after an `auth` counts on it.
            if len(self._waiting) < _MOST_WAITING:
                self._waiting.append(asked)
            return
        try:
            self._do(asked)
        except Refused as error:
            self._answer_refused(error)

    def _do(self, asked: Asked) -> None:
        match asked.op:
            case Op.PING:
                self.say(protocol.pong(asked.id, self._home.stamp()))
            case Op.AUTH:
                self._waiting = deque()
                self._home.begin(self._authenticate(asked))
            case Op.SUBSCRIBE:
                self._subscribe(asked)
            case Op.UNSUBSCRIBE:
                named, subscription = self._find(asked)
                del self.subscriptions[asked.topic]
                self._home.unsubscribe(named, subscription)
                self.say(protocol.done(asked.id))
            case Op.RESYNC:
                named, subscription = self._find(asked)
                self.say(protocol.done(asked.id))
                self._home.restart(named, subscription)

    def _subscribe(self, asked: Asked) -> None:
        try:
            if self.standing is None:
                raise Refused(Code.UNAUTHENTICATED, "Say who you are first: `auth`.")
            named = resolve(asked.topic, self.standing.caller)
            former = self.subscriptions.get(asked.topic)
            if former is None and len(self.subscriptions) >= protocol.MOST_SUBSCRIPTIONS:
                detail = f"A connection has up to {protocol.MOST_SUBSCRIPTIONS} subscriptions."
                raise Refused(Code.TOO_MANY_SUBSCRIPTIONS, detail)
            rate = protocol.MOST_HZ if asked.max_hz is None else asked.max_hz
            subscription = Subscription(self, rate)
            self.say(protocol.granted(asked.id, rate))
            self._home.subscribe(named, subscription)
            if former is not None:
                self._home.unsubscribe(*former)
            self.subscriptions[asked.topic] = (named, subscription)
        except Refused as error:
            error.message_id = asked.id
            raise

    def _find(self, asked: Asked) -> tuple[Named, Subscription]:
        found = self.subscriptions.get(asked.topic)
        if found is None:
            raise Refused(Code.NOT_SUBSCRIBED, "There is no subscription of that topic.", asked.id)
        return found

    async def _authenticate(self, asked: Asked) -> None:
        try:
            self._take_standing(asked, await self._home.prove(asked))
        except Refused as error:
            self._answer_refused(error)
        except AppError as error:
            self._answer_refused(Refused(Code.UNAVAILABLE, error.detail, asked.id))
        except Exception:
            # Nothing that follows would ever be done.
            self.close(CloseCode.TRY_LATER)
            raise
        waiting, self._waiting = self._waiting, None
        for held in waiting or ():
            self._take(held)

    def _take_standing(self, asked: Asked, standing: Standing | None) -> None:
        if not self.is_open:
            return
        if standing is None:
            if self.standing is None:
                self.close(CloseCode.SESSION_ENDED)
                return
            raise Refused(Code.BAD_CREDENTIAL, "That token or ticket is not valid.", asked.id)
        former = self.standing
        if former is None:
            if self.admit(standing):
                self.say(protocol.done(asked.id))
            return
        if former.caller.user_id != standing.caller.user_id:
            raise Refused(Code.OTHER_PERSON, "This connection is somebody else's.", asked.id)
        self.standing = standing
        self.change_caller(standing.caller)
        self.say(protocol.done(asked.id))

    # Bounds

    def _is_within_budget(self) -> bool:
        now = self._home.monotonic()
        most = float(protocol.MOST_MESSAGES_A_MINUTE)
        self._tokens = min(most, self._tokens + (now - self._refilled_at) * most / _A_MINUTE)
        self._refilled_at = now
        if self._tokens < 1.0:
            self.close(CloseCode.TOO_MANY)
            return False
        self._tokens -= 1.0
        return True

    def _answer_refused(self, error: Refused) -> None:
        if not self.is_open:
            return
        self.say(protocol.refusal(error))
        if error.code in (Code.BAD_JSON, Code.BAD_MESSAGE, Code.UNKNOWN_OP):
            self._bad += 1
            if self._bad >= protocol.MOST_BAD_MESSAGES:
                self.close(CloseCode.BAD_PROTOCOL)

    def _go(self) -> None:
        if self.is_open:
            self.is_open = self.is_clear = False
            self._home.leave(self)
            for named, subscription in self.subscriptions.values():
                self._home.unsubscribe(named, subscription)
            self.subscriptions.clear()
