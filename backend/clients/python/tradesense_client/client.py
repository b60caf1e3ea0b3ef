"""The desk as one object: market data by asking, market data as it changes, and the way in for quotes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import date, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Final, Literal, Self

import httpx

from tradesense_client.credentials import Credentials, Fixed, Renewing, Tokens
from tradesense_client.errors import SecondFactorNeeded
from tradesense_client.http import Caller
from tradesense_client.models import (
    BarsAnswer,
    ChainAnswer,
    CurveAnswer,
    Feed,
    FuturesProduct,
    FuturesProductDetail,
    InstrumentItem,
    QuotesAnswer,
    UnderlyingItem,
)
from tradesense_client.pushing import PushedQuote, PushReport, parts, together
from tradesense_client.stream import Stream

Moment = datetime | str
MOST_PAGES: Final = 1000
_SYMBOLS_IN_AN_ADDRESS = 50


class TradeSense:
    """A client of one server, as one caller; to be used as `async with`.

    Give `api_key`, or a `token` that you look after, or sign in with `TradeSense.login`. `patience` is how
    many seconds one call may wait in all where the server says "later".
    """

    def __init__(
        self,
        base_url: str,
        *,
        token: str | None = None,
        api_key: str | None = None,
        timeout: float = 30.0,
        patience: float = 60.0,
    ) -> None:
        if token and api_key:
            raise ValueError("give a token or an API key, not both")
        self._base_url = base_url.rstrip("/")
        # Signing in sets cookies for browsers; who sends them has to prove that no other site made them.
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        self._client = httpx.AsyncClient(base_url=self._base_url, timeout=timeout, cookies=no_cookies)
        bearer = token or api_key
        self._caller = Caller(self._client, Fixed(bearer) if bearer else None, patience=patience)

    @classmethod
    async def login(
        cls, base_url: str, email: str, password: str, *, code: str | None = None, **options: Any
    ) -> Self:
        """Sign in with e-mail and password, and the code of an authenticator where the account has one.

        The session renews itself while the client lives. Raises `SecondFactorNeeded`, `NotSignedIn`.
        """
        client = cls(base_url, **options)
        try:
            tokens = await client._sign_in(email, password, code)
        except BaseException:
            await client.aclose()
            raise
        client._caller.credentials = Renewing(tokens, client._refresh)
        return client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. A session is not ended by it."""
        await self._client.aclose()

    @property
    def credentials(self) -> Credentials | None:
        """What calls are made with."""
        return self._caller.credentials

    # Futures

    async def futures(
        self, *, as_of: Moment | None = None, source: str | None = None
    ) -> list[FuturesProduct]:
        """Return every product, with its front contract."""
        return [each async for each in self._pages("/futures", {"as_of": _said(as_of), "source": source})]

    async def product(
        self, root: str, *, as_of: Moment | None = None, source: str | None = None
    ) -> FuturesProductDetail:
        """Return a product and its contracts with their quotes."""
        answer: FuturesProductDetail = await self._caller.get(
            f"/futures/{root}", {"as_of": _said(as_of), "source": source}
        )
        return answer

    async def quotes(
        self, symbols: Sequence[str], *, as_of: Moment | None = None, source: str | None = None
    ) -> QuotesAnswer:
        """Return the newest quotes of contracts, in the order asked for."""
        given = {"as_of": _said(as_of), "source": source}
        answer: QuotesAnswer
        if len(symbols) <= _SYMBOLS_IN_AN_ADDRESS:
            answer = await self._caller.get("/futures/quotes", {"symbols": ",".join(symbols), **given})
        else:
            body = {"symbols": list(symbols), **{name: value for name, value in given.items() if value}}
            answer = await self._caller.post("/futures/quotes", body, repeatable=True)
        return answer

    async def curve(
        self,
        root: str,
        *,
        as_of: Moment | None = None,
        compare: Iterable[Moment] = (),
        source: str | None = None,
    ) -> CurveAnswer:
        """Return the term structure of a product, and those of other instants beside it."""
        others = ",".join(filter(None, map(_said, compare))) or None
        answer: CurveAnswer = await self._caller.get(
            f"/futures/{root}/curve", {"as_of": _said(as_of), "compare": others, "source": source}
        )
        return answer

    # Options

    async def underlyings(
        self, *, as_of: Moment | None = None, source: str | None = None
    ) -> list[UnderlyingItem]:
        """Return every underlying that has options, with its expiries."""
        return [each async for each in self._pages("/options", {"as_of": _said(as_of), "source": source})]

    async def chain(
        self,
        underlying: str,
        expiry: date | str | None = None,
        *,
        strikes: str | None = None,
        model: str | None = None,
        as_of: Moment | None = None,
        source: str | None = None,
    ) -> ChainAnswer:
        """Return one expiry's calls and puts by strike, with volatilities and Greeks; else the next expiry's.

        `strikes` is `all`, or for instance `atm:10`, `pct:0.1`, `delta:0.1..0.9`.
        """
        params = {
            "expiry": str(expiry) if expiry else None,
            "strikes": strikes,
            "model": model,
            "as_of": _said(as_of),
            "source": source,
        }
        answer: ChainAnswer = await self._caller.get(f"/options/{underlying}/chain", params)
        return answer

    # Instruments

    def instruments(
        self, q: str | None = None, *, kind: str | None = None, root: str | None = None
    ) -> AsyncIterator[InstrumentItem]:
        """Yield what can be traded, page after page, as it is asked for."""
        return self._pages("/instruments", {"q": q, "kind": kind, "root": root, "limit": 200})

    async def bars(
        self,
        symbol: str,
        interval: str = "1m",
        *,
        start: Moment | None = None,
        end: Moment | None = None,
        limit: int | None = None,
        as_of: Moment | None = None,
        source: str | None = None,
    ) -> BarsAnswer:
        """Return bars, oldest first: the newest ones, or those from `start` on."""
        params = _bar_params(interval, start, end, limit, as_of, source)
        answer: BarsAnswer = await self._caller.get(f"/instruments/{symbol}/bars", params)
        return answer

    async def bars_file(
        self,
        symbol: str,
        interval: str = "1m",
        *,
        format: Literal["csv", "parquet", "arrow"] = "arrow",
        start: Moment | None = None,
        end: Moment | None = None,
        limit: int | None = None,
        as_of: Moment | None = None,
        source: str | None = None,
    ) -> bytes:
        """Return the same bars as a file, for instance an Arrow stream for `pyarrow.ipc.open_stream`."""
        params = {**_bar_params(interval, start, end, limit, as_of, source), "format": format}
        return (await self._caller.send("GET", f"/instruments/{symbol}/bars", params=params)).content

    # Live

    async def feeds(self) -> list[Feed]:
        """Return how each feed is doing: `live`, `delayed`, `stale`, `closed` or `off`, and why."""
        return [each async for each in self._pages("/feeds", {})]

    async def push_quotes(self, source: str, quotes: Iterable[PushedQuote]) -> PushReport:
        """Send in quotes of a source of your own, as many as you like; they are stored when this returns.

        What cannot be so is named in `rejected`, and the others are taken. Sending the same again changes
        nothing. Needs `market:write`.
        """
        reports = [
            await self._caller.post("/quotes", {"source": source, "quotes": part}, repeatable=True)
            for part in parts(quotes)
        ]
        return together(reports)

    def stream(self) -> Stream:
        """Return the stream, to be used as `async with`: one connection for all topics, kept alive."""
        return Stream(self._base_url, self._caller.credentials)

    # Inside

    async def _pages(self, path: str, params: Mapping[str, Any]) -> AsyncIterator[Any]:
        cursor = None
        for _ in range(MOST_PAGES):
            given = {**params, "cursor": cursor} if cursor else params
            page = await self._caller.get(path, given)
            for each in page["items"]:
                yield each
            cursor = page.get("next_cursor")
            if not cursor:
                return

    async def _sign_in(self, email: str, password: str, code: str | None) -> Tokens:
        form = {"username": email, "password": password}
        body = (await self._caller.send("POST", "/auth/token", data=form)).json()
        if body.get("mfa_required"):
            if code is None:
                raise SecondFactorNeeded("the account asks for a code of its authenticator")
            challenge = {"mfa_token": body["mfa_token"], "code": code}
            body = await self._caller.post("/auth/mfa/challenge", challenge, repeatable=False)
        return _tokens(body)

    async def _refresh(self, refresh_token: str) -> Tokens:
        # Without credentials: what is refused here is refused for good.
        caller = Caller(self._client, None, patience=10.0)
        return _tokens(await caller.post("/auth/refresh", {"refresh_token": refresh_token}, repeatable=False))


def _tokens(body: Mapping[str, Any]) -> Tokens:
    return Tokens(body["access_token"], body["refresh_token"], float(body["expires_in"]))


def _said(moment: Moment | None) -> str | None:
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return moment.isoformat()
    return moment


def _bar_params(
    interval: str,
    start: Moment | None,
    end: Moment | None,
    limit: int | None,
    as_of: Moment | None,
    source: str | None,
) -> dict[str, Any]:
    return {
        "interval": interval,
        "from": _said(start),
        "to": _said(end),
        "limit": limit,
        "as_of": _said(as_of),
        "source": source,
    }
