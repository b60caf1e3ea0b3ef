"""What one process revoked is forgotten in the others, as soon as they are told."""

from __future__ import annotations

from uuid import UUID

from tests.fixtures.waiting import until
from tradesense.base.clock import SystemClock
from tradesense.base.live import Step
from tradesense.infra.live_memory import MemoryBus
from tradesense.run.forgetting import FORGOTTEN, Forgetting


class Remembers:
    def __init__(self) -> None:
        self.forgotten: list[tuple[str, object]] = []

    def forget_user_here(self, user_id: object) -> None:
        self.forgotten.append(("user", user_id))

    def forget_credential_here(self, credential_id: object) -> None:
        self.forgotten.append(("credential", credential_id))


async def test_a_person_and_a_session_are_forgotten_elsewhere_and_nonsense_is_passed_over() -> None:
    bus, other = MemoryBus(), Remembers()
    teller, hearer = (Forgetting(bus, SystemClock()) for _ in range(2))
    async with teller.running(Remembers()), hearer.running(other):
        await until(lambda: _listens(bus))
        for body in (None, b"", b"{", b"[]", b"{}", b'{"user": 1}', b'{"user": "x"}', b'{"a": 1, "b": 2}'):
            await bus.publish(Step(FORGOTTEN, 1, 0, body, ""))
        teller.tell("user", UUID(int=1))
        teller.tell("credential", UUID(int=2))

        async def both() -> bool:
            return len(other.forgotten) == 2

        await until(both)
    assert other.forgotten == [("user", UUID(int=1)), ("credential", UUID(int=2))]


async def _listens(bus: MemoryBus) -> bool:
    return len(bus._readers.get(FORGOTTEN, ())) == 2
