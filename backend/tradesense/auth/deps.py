"""Builds what the routes of signing in need from what `run` put into the request's state."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from tradesense.auth.new_password import NewPassword
from tradesense.auth.parts import Auth
from tradesense.auth.reauth import PasswordProof
from tradesense.auth.refreshing import Refreshing
from tradesense.auth.registration import Registration
from tradesense.auth.sessions import Sessions
from tradesense.auth.signing_in import SigningIn
from tradesense.web.rate_limits import RateLimits
from tradesense.web.session import DbSession


async def current_auth(request: Request) -> Auth:
    """Return `state.auth`."""
    auth: Auth = request.state.auth
    return auth


async def registration(request: Request) -> Registration:
    """Return what makes accounts; it opens its own transactions."""
    return Registration(request.state.auth, request.state.database)


async def new_password(request: Request) -> NewPassword:
    """Return what gives people another password; it opens its own transactions."""
    return NewPassword(request.state.auth, request.state.database)


async def password_proof(request: Request) -> PasswordProof:
    """Return what asks for the password again; it opens its own transactions."""
    return PasswordProof(request.state.auth, request.state.database)


async def signing_in(request: Request) -> SigningIn:
    """Return what ends each way of signing in."""
    return SigningIn(request.state.auth, request.state.database)


async def refreshing(request: Request) -> Refreshing:
    """Return what refreshes sessions and signs out; it opens its own transactions."""
    return Refreshing(request.state.auth, request.state.database, request.state.limiter)


async def current_limits(request: Request) -> RateLimits:
    """Return `state.limiter`."""
    limiter: RateLimits = request.state.limiter
    return limiter


async def sessions_service(request: Request, session: DbSession) -> Sessions:
    """Return the sessions, within the request's transaction."""
    auth: Auth = request.state.auth
    return auth.sessions(session)


CurrentAuth = Annotated[Auth, Depends(current_auth)]
CurrentRegistration = Annotated[Registration, Depends(registration)]
CurrentNewPassword = Annotated[NewPassword, Depends(new_password)]
CurrentPasswordProof = Annotated[PasswordProof, Depends(password_proof)]
CurrentLimits = Annotated[RateLimits, Depends(current_limits)]
CurrentRefreshing = Annotated[Refreshing, Depends(refreshing)]
CurrentSigningIn = Annotated[SigningIn, Depends(signing_in)]
CurrentSessions = Annotated[Sessions, Depends(sessions_service)]
