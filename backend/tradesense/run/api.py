"""Assembles the HTTP application: routers under `/api/v1`, the root's own, and the layers around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import cache

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from tradesense import __version__
from tradesense.auth.account_routes import email_router as email
from tradesense.auth.account_routes import users_router as account
from tradesense.auth.api_keys_routes import router as api_keys
from tradesense.auth.mfa_routes import router as mfa
from tradesense.auth.password_routes import router as passwords
from tradesense.auth.routes import router as auth
from tradesense.auth.session_routes import router as sessions
from tradesense.base.clock import Clock
from tradesense.instruments.routes import router as instruments
from tradesense.market.futures.rolls_routes import router as rolls
from tradesense.market.futures.routes import router as futures
from tradesense.market.futures.routes import series_router as series
from tradesense.market.live.feeds_routes import FeedControl
from tradesense.market.live.feeds_routes import router as feeds_router
from tradesense.market.live.push_routes import router as pushed_quotes
from tradesense.market.options import calculators_router, options_router
from tradesense.market.strategies import strategies_router
from tradesense.run.openapi import install_openapi
from tradesense.run.settings import Role, Settings
from tradesense.run.wiring import Parts, open_parts
from tradesense.streaming.routes import router as stream
from tradesense.streaming.routes import stream_route
from tradesense.users.routes import router as users
from tradesense.users.strategy_routes import router as saved_strategies
from tradesense.users.watchlist_routes import router as watchlists
from tradesense.web.callers import RecogniseCaller
from tradesense.web.client_address import ClientAddress
from tradesense.web.csrf import CrossSiteGuard
from tradesense.web.direct_routes import install_direct_routes
from tradesense.web.docs import install_docs
from tradesense.web.errors import LastResort, install_error_answers
from tradesense.web.headers import AcceptedHosts, SecurityHeaders
from tradesense.web.health import health_router
from tradesense.web.limits import AddressLimit
from tradesense.web.metrics import install_metrics
from tradesense.web.rate_limits import CountRequests
from tradesense.web.request_id import RequestId
from tradesense.web.site import Site

PREFIX = "/api/v1"

# What pages of other origins may send and read; only those in CORS_ORIGINS.
_HEADERS_OF_OTHER_ORIGINS = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "X-CSRF-Token",
    "X-Request-ID",
)
_HEADERS_FOR_OTHER_ORIGINS = (
    "ETag",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Next-Cursor",
    "X-Process-Time",
    "X-Request-ID",
)


def routers(role: Role = Role.ALL) -> Iterable[APIRouter]:
    """Return the routers under `/api/v1`: of a process that only runs the feeds, those about them."""
    if role is Role.FEED:
        return (feeds_router, pushed_quotes)
    return (
        futures,
        rolls,
        instruments,
        series,
        options_router,
        calculators_router,
        strategies_router,
        feeds_router,
        pushed_quotes,
        auth,
        passwords,
        sessions,
        mfa,
        api_keys,
        email,
        users,
        account,
        watchlists,
        saved_strategies,
        stream,
    )


@cache
def _routes(role: Role) -> tuple[BaseRoute, ...]:
    """Return what is under `/api/v1`: it knows no settings, so applications in one process share it.

    FastAPI makes validators and handlers of it at the first request, which takes a third of a second.
    """
    whole = APIRouter(redirect_slashes=False)
    for router in routers(role):
        whole.include_router(router, prefix=PREFIX)
    return tuple(whole.routes)


def create_app(
    settings: Settings,
    *,
    parts: Parts | None = None,
    feeds: FeedControl | None = None,
    clock: Clock | None = None,
) -> FastAPI:
    """Return the application; it opens its own parts at start-up unless they are given.

    Without `feeds` none can be switched through it.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, object]]:
        if parts is not None:
            control = {} if feeds is None else {"feed_control": feeds}
            yield {**parts.request_state(), **control}
            return
        async with open_parts(settings, clock) as own:
            yield own.request_state()

    # What a role does not answer is not there.
    has_pages = settings.answers_people and settings.frontend_dir.is_dir()
    app = FastAPI(
        title="TradeSense",
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    install_error_answers(app)
    app.include_router(health_router(__version__))
    app.router.routes.extend(_routes(settings.role))
    if settings.answers_people:
        is_plain = not settings.has_secure_cookies
        app.router.routes.append(stream_route(PREFIX, origins=settings.accepted_origins, plain_http=is_plain))
    install_openapi(app)
    if settings.serves_docs and settings.answers_people:
        install_docs(app)
    app.router.default = _fallback(Site(settings.frontend_dir) if has_pages else None)
    install_direct_routes(app.router)
    _add_layers(app, settings)
    return app


def _add_layers(app: FastAPI, settings: Settings) -> None:
    # Each is put around the ones before it: the last one added sees a request first.
    is_secure = settings.has_secure_cookies
    app.add_middleware(CountRequests)
    app.add_middleware(CrossSiteGuard, origins=settings.accepted_origins, plain_http=not is_secure)
    app.add_middleware(RecogniseCaller)
    app.add_middleware(ClientAddress, trusted_proxies=settings.trusted_proxies)
    app.add_middleware(AddressLimit)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_credentials=True,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=_HEADERS_OF_OTHER_ORIGINS,
            expose_headers=_HEADERS_FOR_OTHER_ORIGINS,
        )
    app.add_middleware(AcceptedHosts, hosts=settings.accepted_hosts, own_addresses=settings.open_to_network)
    token = settings.metrics_token
    install_metrics(app, token=token.get_secret_value() if token else None)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders, https_only=is_secure)
    app.add_middleware(RequestId)


def _fallback(site: ASGIApp | None) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if site is None or scope["type"] != "http" or scope["path"].startswith("/api/"):
            raise HTTPException(404)
        await site(scope, receive, send)

    return answer
