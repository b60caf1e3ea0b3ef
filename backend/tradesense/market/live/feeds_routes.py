"""The endpoints about feeds: how they are doing, putting them on and off, practising what can go wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Protocol, cast

from fastapi import Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from tradesense.base.errors import NotFound, Unavailable
from tradesense.base.principal import Principal
from tradesense.market.live.feed_states import FeedKind
from tradesense.market.live.known_feeds import KnownFeeds
from tradesense.web.access import MANAGES_FEEDS, READS_MARKET, callable_by
from tradesense.web.callers import CurrentCaller
from tradesense.web.errors import problem_responses
from tradesense.web.strict import api_router
from tradesense.web.visitor import CurrentVisitor, Visitor

router = api_router(access=READS_MARKET, prefix="/feeds", tags=["feeds"])

FaultName = Literal["stale", "gap", "duplicate", "out_of_order", "crossed", "garbage", "disconnect"]
FeedName = Annotated[
    str, Path(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$", description="The feed.", examples=["simulated"])
]


class UnknownFeed(NotFound):
    code = "unknown_feed"


class FeedControl(Protocol):
    """Puts feeds on and off; what was said last is remembered."""

    async def switch(self, feed: str, *, enabled: bool, caller: Principal, visitor: Visitor) -> None:
        """Put a feed on or off. Raises `NotFound` for one that can't be switched."""
        ...

    def practise(self, feed: str, fault: str | None) -> None:
        """Have a feed fail in a certain way, or be well again. Raises `NotFound` for one that can't."""
        ...


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Feed(BaseModel):
    """One feed, and how it is doing."""

    feed: str = Field(description="Its name, which is also the `source` of its rows.", examples=["deribit"])
    name: str = Field(description="For people.", examples=["Deribit"])
    kind: FeedKind = Field(description="Where its prices come from.", examples=["venue"])
    enabled: bool = Field(description="Whether it is on.", examples=[True])
    switchable: bool = Field(description="Whether an administrator can put it on and off.", examples=[True])
    state: Literal["live", "delayed", "stale", "closed", "off"] = Field(
        description="`delayed`: what comes is old when it comes. `closed`: the sessions of all it lists are"
        " over, and silence is as it should be. `stale`: cut off, or silent for longer than it should be.",
        examples=["live"],
    )
    last_tick_ts: datetime | None = Field(
        description="The time of the newest quote.", examples=["2026-03-20T14:30:00.123Z"]
    )
    reason: str | None = Field(description="Why it is not live, in words.", examples=[None])
    address: str | None = Field(
        description="What it connects to; null where it connects to nothing.",
        examples=["wss://www.deribit.com/ws/api/v2"],
    )
    instruments: int = Field(description="What is listed at the moment.", ge=0, examples=[1480])
    quotes_per_second: float = Field(description="Over the last 10 s.", ge=0, examples=[212.4])
    rejected: dict[str, int] = Field(
        description="Quotes that could not be so since the start, by reason.",
        examples=[{"a time in the future": 3}],
    )
    fault: FaultName | None = Field(description="What is practised on it.", examples=[None])


class FeedsAnswer(BaseModel):
    """Every feed."""

    items: list[Feed] = Field(max_length=64)


class FeedChange(_Body):
    """What to do with a feed."""

    enabled: bool = Field(description="Put it on or off.", examples=[True], strict=True)


class FaultChange(_Body):
    """What to practise; null makes it well again."""

    fault: FaultName | None = Field(examples=["stale"])


async def _known(request: Request) -> KnownFeeds:
    return cast("KnownFeeds", request.state.known_feeds)


async def _control(request: Request) -> FeedControl:
    control: FeedControl | None = request.state.feed_control
    if control is None:
        raise Unavailable("The feeds run in another process.", code="feeds_elsewhere")
    return control


Known = Annotated[KnownFeeds, Depends(_known)]
Control = Annotated[FeedControl, Depends(_control)]


@router.get("", summary="How every feed is doing", operation_id="list_feeds", response_model=FeedsAnswer)
async def list_feeds(known: Known) -> FeedsAnswer:
    """Tells which feeds are live, silent or off, and where they connect to; as topic `system:feeds` does."""
    return FeedsAnswer.model_validate(await known.document())


@router.patch(
    "/{feed}",
    summary="Put a feed on or off",
    operation_id="switch_feed",
    response_model=Feed,
    responses=problem_responses(404, 422),
)
@callable_by(MANAGES_FEEDS)
async def switch_feed(
    feed: FeedName,
    change: FeedChange,
    known: Known,
    control: Control,
    caller: CurrentCaller,
    visitor: CurrentVisitor,
) -> Feed:
    """Takes effect at once and is remembered. A feed that is put on connects to its `address`."""
    await control.switch(feed, enabled=change.enabled, caller=caller, visitor=visitor)
    return await _one(known, feed)


@router.post(
    "/{feed}/fault",
    summary="Practise a fault",
    operation_id="practise_fault",
    response_model=Feed,
    responses=problem_responses(404, 422),
)
@callable_by(MANAGES_FEEDS)
async def practise_fault(feed: FeedName, change: FaultChange, known: Known, control: Control) -> Feed:
    """Has the simulated feed fail until it is made well again, so that one sees what stale or bad prices
    look like before they come from a venue. Other feeds answer 404."""
    control.practise(feed, change.fault)
    return await _one(known, feed)


async def _one(known: KnownFeeds, feed: str) -> Feed:
    items = [item for item in (await known.document())["items"] if item["feed"] == feed]
    if not items:
        raise UnknownFeed(f"There is no feed {feed!r}.")
    return Feed.model_validate(items[0])
