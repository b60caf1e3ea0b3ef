"""The stream's address: who may open it, and tickets for those who can't send a header.

A cookie counts only with the `Origin` of one of our pages, for a browser sends cookies from any page. A token
in the address is refused whatever it is: addresses end up in logs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.routing import WebSocketRoute
from starlette.types import Receive, Scope, Send

from tradesense.base.errors import AppError, Forbidden, Unavailable, Unrecognised
from tradesense.base.principal import Standing, Via
from tradesense.streaming.hub import Hub
from tradesense.streaming.protocol import CloseCode
from tradesense.streaming.schemas import TicketOut
from tradesense.streaming.tickets import TICKET_SECONDS
from tradesense.streaming.wire import EXTENSION, Line
from tradesense.web.access import READS_MARKET
from tradesense.web.callers import CurrentCaller, credentials_of
from tradesense.web.errors import answer_of, problem_responses
from tradesense.web.strict import api_router

STREAM_PATH: Final = "/stream"
SUBPROTOCOL: Final = "tradesense.v1"
_TICKET_PREFIX: Final = "ticket."

router = api_router(access=READS_MARKET, prefix=STREAM_PATH, tags=["stream"])


async def _hub(request: Request) -> Hub:
    hub: Hub = request.state.stream
    return hub


CurrentHub = Annotated[Hub, Depends(_hub)]


@router.post(
    "/ticket",
    summary="A ticket for the stream",
    operation_id="make_stream_ticket",
    responses=problem_responses(401, 403, 422, 429),
)
async def make_stream_ticket(caller: CurrentCaller, hub: CurrentHub) -> TicketOut:
    """Answers with a ticket that opens the stream once, within 30 s, as the caller.

    For clients that can send neither our cookie nor a header with the opening of a WebSocket. The connection
    lasts as long as the session or key that the ticket was made with.
    """
    standing = Standing(caller, None, follows_session=caller.via is Via.SESSION)
    return TicketOut(ticket=await hub.tickets.issue(standing), expires_in=TICKET_SECONDS)


def stream_route(prefix: str, *, origins: Collection[str], plain_http: bool) -> WebSocketRoute:
    """Return the route of the WebSocket; `origins` and `plain_http` are as for `web.csrf.CrossSiteGuard`."""
    opening = OpenStream(origins=origins, plain_http=plain_http)
    return WebSocketRoute(prefix + STREAM_PATH, opening, name="stream")


class OpenStream:
    """Pure ASGI: looks at an opening, accepts it, and hands the line to the hub. The rest is not its task."""

    def __init__(self, *, origins: Collection[str], plain_http: bool) -> None:
        self._origins = frozenset(origin.encode() for origin in origins)
        self._plain_http = plain_http

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hub: Hub = scope["state"]["stream"]
        line: Line | None = scope.get("extensions", {}).get(EXTENSION)
        try:
            if line is None:
                raise Unavailable("The stream is not to be had from this server.")
            standing, is_known_in_vain = await self._admit(scope, hub)
        except AppError as error:
            await answer_of(error)(scope, receive, send)
            return
        await send({"type": "websocket.accept", "subprotocol": _subprotocol_of(scope), "headers": []})
        client = hub.open(line)
        if not client.is_open:
            return
        if standing is not None:
            client.admit(standing)
        elif is_known_in_vain:
            # A browser learns no reason from a refused opening, but it does from a code.
            client.close(CloseCode.SESSION_ENDED)

    async def _admit(self, scope: Scope, hub: Hub) -> tuple[Standing | None, bool]:
        """Return who opens it, and whether a cookie was sent that is nobody's any more."""
        if scope["query_string"]:
            detail = "Credentials never stand in an address, and nothing else does here: use a header."
            raise Forbidden(detail, code="query_not_allowed")
        cookie, bearer = credentials_of(scope)
        ticket = _ticket_of(scope)
        if not self._is_from_our_pages(scope, may_be_silent=cookie is None or bool(bearer or ticket)):
            raise Forbidden("The connection comes from another site's page.", code="wrong_origin")
        if ticket is not None:
            standing = await hub.use_ticket(ticket)
            if standing is None:
                raise Forbidden("The ticket was used before, or ran out.", code="bad_ticket")
            return standing, False
        if bearer is not None:
            standing = await hub.standings.of_credential(bearer, follows_session=False)
            if standing is None:
                raise Unrecognised("Send a token or key that is valid.")
            return standing, False
        if cookie is None:
            return None, False
        standing = await hub.standings.of_credential(cookie, follows_session=True)
        return standing, standing is None

    def _is_from_our_pages(self, scope: Scope, *, may_be_silent: bool) -> bool:
        given = [value for name, value in scope["headers"] if name == b"origin"]
        if not given:
            return may_be_silent
        if len(given) > 1:
            return False
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        return given[0] in self._origins or (self._plain_http and given[0] == b"http://" + hosts[0])


def _ticket_of(scope: Scope) -> str | None:
    offered: list[str] = scope.get("subprotocols", [])
    return next(
        (each.removeprefix(_TICKET_PREFIX) for each in offered if each.startswith(_TICKET_PREFIX)), None
    )


def _subprotocol_of(scope: Scope) -> str | None:
    """Return the one to answer with: a browser that offers some wants one of them."""
    offered: list[str] = scope.get("subprotocols", [])
    if SUBPROTOCOL in offered:
        return SUBPROTOCOL
    return next((each for each in offered if each.startswith(_TICKET_PREFIX)), None)
