"""Answers about the present are of the newest beat, whoever reads them, and never waited for without end."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import orjson

from tradesense.base.clock import FixedClock
from tradesense.base.live import RENEW_SECONDS, Interest, Whole
from tradesense.infra.live_memory import MemoryCache, MemoryDemand
from tradesense.market.live.present import TOLD_WITHIN, LivePresent

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHAINS = (date(2026, 12, 17), date(2027, 1, 14))


class Maker:
    """Makes what is asked for, and only then; each time the numbers in it are greater by one."""

    def __init__(self, *told: str) -> None:
        self.clock = FixedClock(NOON)
        self.cache = MemoryCache(lambda: 0.0)
        self.demand = MemoryDemand(lambda: self.clock.now().timestamp())
        self.present = LivePresent(self.cache, self.clock, self.demand)
        self.told = told
        self.beats = 0
        self.puts = 0
        self.asked_for: list[frozenset[str]] = []

    async def beat(self, topics: frozenset[str]) -> None:
        self.beats += 1
        for topic in topics & frozenset(self.told):
            await self.put(topic)

    async def put(self, topic: str) -> None:
        self.puts += 1
        data: dict[str, object] = {"beat": self.beats}
        if topic.startswith("expiries:"):
            ends = [{"expiry": each.isoformat(), "expires_at": f"{each}T19:30:00Z"} for each in CHAINS]
            data = {"items": ends}
        ts = self.clock.now().isoformat().replace("+00:00", "Z")
        await self.cache.put(topic, Whole(self.puts, orjson.dumps(data), ts), ttl_seconds=600)

    async def run(self) -> None:
        for topic in self.told:
            await self.put(topic)
        while True:
            interest = await self.demand.wanted()
            if interest.topics:
                self.asked_for.append(interest.topics)
                await self.beat(interest.topics)
            await self.demand.asked(interest.number, within_seconds=60)

    async def __aenter__(self) -> Maker:
        self._running = asyncio.create_task(self.run())
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._running.cancel()
        await asyncio.wait({self._running})

    async def beat_of(self, root: str) -> int | None:
        answer = await self.present.board(root, None)
        return None if answer is None else int(orjson.loads(answer.body)["beat"])


async def test_who_reads_first_is_answered_by_the_beat_that_heeds_it() -> None:
    async with Maker("board:CL", "board:ES") as maker:
        assert await maker.beat_of("CL") == 1
        assert await maker.beat_of("CL") == 1
        assert await maker.beat_of("ES") == 2
        assert maker.asked_for == [{"board:CL"}, {"board:CL", "board:ES"}]


async def test_who_comes_while_the_first_waits_waits_too() -> None:
    async with Maker("board:CL") as maker:
        assert await asyncio.gather(*(maker.beat_of("CL") for _ in range(5))) == [1] * 5


async def test_many_quotes_are_asked_for_and_waited_for_at_once() -> None:
    symbols = [f"CL-2027-{month:02d}" for month in range(1, 13)]
    async with Maker(*(f"quotes:{symbol}@mine" for symbol in symbols)) as maker:
        answers = await maker.present.quotes(symbols, "mine")
        assert {orjson.loads(each.body)["beat"] for each in answers.values()} == {1}
        assert len(answers) == 12


async def test_a_chain_is_waited_for_with_the_list_of_chains() -> None:
    names = [f"chain:CL:{each}" for each in CHAINS]
    async with Maker("expiries:CL", *names) as maker:
        assert orjson.loads((await maker.present.chain("CL", None, None)).body) == {"beat": 1}
        assert maker.asked_for == [{"expiries:CL", names[0]}]
        assert orjson.loads((await maker.present.chain("CL", CHAINS[1], None)).body) == {"beat": 2}
        assert len(await maker.present.chains("CL", None, ())) == 2
        assert maker.beats == 2


async def test_an_expiry_nobody_lists_and_one_that_passed_have_no_chain() -> None:
    async with Maker("expiries:CL", *(f"chain:CL:{each}" for each in CHAINS)) as maker:
        assert await maker.present.chain("CL", date(2030, 1, 1), None) is None
        assert await maker.present.chains("CL", None, [CHAINS[0], date(2030, 1, 1)]) == []
        maker.clock.move_to(datetime(2027, 2, 1, tzinfo=UTC))
        assert await maker.present.chain("CL", None, None) is None


async def test_what_nobody_tells_of_is_neither_asked_for_nor_waited_for() -> None:
    async with Maker("board:CL") as maker:
        assert await maker.present.board("ES", None) is None
        assert await maker.present.quotes(["CL-2027-01"], "other") == {}
        assert (await maker.demand.wanted()).topics == frozenset()


async def test_who_goes_on_reading_keeps_it_fresh() -> None:
    async with Maker("board:CL") as maker:
        for _ in range(8):
            await maker.put("board:CL")
            assert await maker.beat_of("CL") is not None
            maker.clock.move_to(maker.clock.now() + timedelta(seconds=RENEW_SECONDS))
            assert (await maker.demand.wanted()).topics == {"board:CL"}
        assert maker.beats == 1


async def test_who_comes_back_after_a_while_waits_again() -> None:
    async with Maker("board:CL") as maker:
        assert await maker.beat_of("CL") == 1
        maker.clock.move_to(NOON + TOLD_WITHIN)
        assert await maker.beat_of("CL") == 2


class Silent(MemoryDemand):
    """The demand of a maker that does not come round to making."""

    waits = 0

    async def made(self, number: int, *, within_seconds: float) -> bool:
        assert within_seconds <= 1.0
        self.waits += 1
        return False


async def test_after_the_wait_the_answer_is_what_there_is_and_the_next_does_not_wait() -> None:
    maker, silent = Maker("board:CL"), Silent()
    present = LivePresent(maker.cache, maker.clock, silent)
    await maker.put("board:CL")
    for _ in range(3):
        assert (await present.board("CL", None)) is not None
    assert silent.waits == 1
    assert await silent.wanted() == Interest(frozenset({"board:CL"}), 1)


async def test_without_anybody_who_heeds_wishes_nothing_is_waited_for() -> None:
    maker = Maker("board:CL")
    await maker.put("board:CL")
    async with asyncio.timeout(20):
        assert await maker.beat_of("CL") == 0
    assert await LivePresent(maker.cache, maker.clock).board("CL", None) is not None
