"""Keeping a session alive, and ending it: what the bearer of a refresh token can ask for."""

from __future__ import annotations

from starlette.responses import Response

from tradesense.auth.errors import SessionEnded, TwoTokens
from tradesense.auth.parts import Auth
from tradesense.auth.schemas import Refreshed, RefreshedScript
from tradesense.auth.sessions import Reason
from tradesense.auth.signing_in import SigningIn
from tradesense.base.errors import Forbidden
from tradesense.base.principal import Principal, Via
from tradesense.users import Event, record
from tradesense.web.rate_limits import RateLimits
from tradesense.web.session import Database
from tradesense.web.visitor import Visitor


class Refreshing:
    """Refreshes sessions and signs out of them; opens its own transactions."""

    def __init__(self, auth: Auth, database: Database, limits: RateLimits) -> None:
        self._auth = auth
        self._database = database
        self._limits = limits

    async def refresh(
        self, in_cookie: str | None, in_body: str | None, visitor: Visitor, *, response: Response
    ) -> Refreshed:
        """Use a refresh token up. A browser gets new cookies and no token to read, a script a new pair.

        Raises `TwoTokens`, and `SessionEnded` where the token is not good, which ends its session if it was
        used before.
        """
        if in_cookie is not None and in_body is not None:
            raise TwoTokens
        token = in_cookie or in_body
        if token is None:
            raise SessionEnded
        async with self._database.transaction() as session:
            named = await self._auth.sessions(session).find_by_refresh(token)
        if named is not None:
            await self._limits.hit_refresh(named.id)
        async with self._database.transaction() as session:
            live = await self._auth.sessions(session).refresh(token, visitor)
        seconds = self._auth.access_tokens.seconds
        if in_body is None:
            SigningIn(self._auth, self._database).hand_over(live, response)
            return Refreshed(expires_in=seconds)
        access = self._auth.access_tokens.issue(live.row.user_id, live.row.id)
        return RefreshedScript(access_token=access, refresh_token=live.refresh_token, expires_in=seconds)

    async def sign_out(self, caller: Principal | None, refresh_token: str | None, visitor: Visitor) -> None:
        """End the caller's session and that of the refresh token; where there is none, nothing is wrong."""
        async with self._database.transaction() as session:
            sessions = self._auth.sessions(session)
            named = await sessions.find_by_refresh(refresh_token) if refresh_token else None
            ends = {(named.user_id, named.id)} if named else set()
            if caller is not None and caller.via is Via.SESSION:
                ends.add((caller.user_id, caller.credential_id))
            for user_id, session_id in sorted(ends):
                if await sessions.revoke(user_id, session_id, Reason.SIGNED_OUT):
                    record(
                        session,
                        self._auth.clock,
                        Event.SIGNED_OUT,
                        user_id=user_id,
                        actor=user_id,
                        visitor=visitor,
                        detail={"session_id": str(session_id)},
                    )

    async def sign_out_everywhere(
        self, caller: Principal | None, refresh_token: str | None, visitor: Visitor
    ) -> None:
        """End every session of the caller, or else of the refresh token's person while its session lives.

        Where there is neither, nothing is wrong. Raises `Forbidden` for an API key.
        """
        if caller is not None and caller.via is not Via.SESSION:
            raise Forbidden("An API key can't do this; sign in.", code="insufficient_scope")
        async with self._database.transaction() as session:
            sessions = self._auth.sessions(session)
            user_id = caller.user_id if caller is not None else None
            if user_id is None and refresh_token:
                # A browser whose access token ran out still means everywhere.
                live = await sessions.find_live_by_refresh(refresh_token)
                user_id = live.user_id if live is not None else None
            if user_id is None:
                return
            await sessions.revoke_all(user_id, Reason.SIGNED_OUT)
            record(
                session,
                self._auth.clock,
                Event.SIGNED_OUT_EVERYWHERE,
                user_id=user_id,
                actor=user_id,
                visitor=visitor,
            )
