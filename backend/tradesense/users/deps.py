"""Builds what the routes about people need from what `run` put into the request's state."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from tradesense.base.clock import Clock
from tradesense.users.outbox import Outbox
from tradesense.users.preferences import PreferencesService
from tradesense.users.service import Users
from tradesense.users.watchlists import Watchlists
from tradesense.web.paging import CursorSigner
from tradesense.web.session import DbSession


async def current_clock(request: Request) -> Clock:
    """Return `state.clock`."""
    clock: Clock = request.state.clock
    return clock


async def users_service(request: Request, session: DbSession) -> Users:
    """Return the accounts, within the request's transaction."""
    return Users(session, request.state.clock)


async def preferences_service(request: Request, session: DbSession) -> PreferencesService:
    """Return the preferences, within the request's transaction."""
    return PreferencesService(session, request.state.clock)


async def watchlists_service(request: Request, session: DbSession) -> Watchlists:
    """Return the watch lists, within the request's transaction; symbols by `state.instrument_catalogue`."""
    return Watchlists(session, request.state.clock, request.state.instrument_catalogue)


async def current_outbox(request: Request) -> Outbox:
    """Return `state.outbox`."""
    outbox: Outbox = request.state.outbox
    return outbox


async def cursor_signer(request: Request) -> CursorSigner:
    """Return `state.cursors`."""
    signer: CursorSigner = request.state.cursors
    return signer


CurrentClock = Annotated[Clock, Depends(current_clock)]
CurrentUsers = Annotated[Users, Depends(users_service)]
CurrentPreferences = Annotated[PreferencesService, Depends(preferences_service)]
CurrentWatchlists = Annotated[Watchlists, Depends(watchlists_service)]
CurrentOutbox = Annotated[Outbox, Depends(current_outbox)]
Cursors = Annotated[CursorSigner, Depends(cursor_signer)]
