"""Opens what signing in needs: keys, hashers, the memory of who calls, the loops that write uses down."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pydantic import SecretStr

from tradesense.auth.api_keys import ApiKeys
from tradesense.auth.hasher import PasswordHasher
from tradesense.auth.keys import Purpose, derive_key
from tradesense.auth.parts import Auth
from tradesense.auth.passwords import PasswordPolicy
from tradesense.auth.recognise import RecognisedCallers
from tradesense.auth.rules import AuthRules
from tradesense.auth.standing import Standings
from tradesense.auth.tokens import AccessTokens, MfaTokens, RefreshTokens
from tradesense.base.clock import Clock
from tradesense.base.counting import SharedWindows
from tradesense.base.tasks import supervise
from tradesense.infra.breaches import PwnedPasswords
from tradesense.infra.database import Database
from tradesense.run.forgetting import Forgetting
from tradesense.run.keys import kept_key
from tradesense.run.post import Post
from tradesense.run.settings import Settings
from tradesense.web.rate_limits import WINDOW_SECONDS, RateLimits
from tradesense.web.windows import SlidingWindows

_ROUNDS_OF_CODES: Final = 10
"""Recovery codes are random, 79 bits: hashing them need not be as slow as hashing what people think up."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the layers and routes about callers find in the request's state."""

    auth: Auth
    callers: RecognisedCallers
    api_keys: ApiKeys
    limiter: RateLimits
    csrf_key: bytes
    standings: Standings


@asynccontextmanager
async def open_accounts(
    settings: Settings,
    database: Database,
    post: Post,
    clock: Clock,
    *,
    windows: SharedWindows | None = None,
    forgetting: Forgetting | None = None,
) -> AsyncIterator[Accounts]:
    """Open what signing in needs, and close it again.

    With `windows` budgets are counted there too; with `forgetting` other processes hear what is revoked.
    """
    signing_secret = _secret(settings, settings.jwt_signing_key, "jwt-signing.key")
    hash_secret = _secret(settings, settings.token_hash_key, "token-hash.key")
    former = [key.get_secret_value().encode() for key in settings.jwt_former_keys]
    access_tokens = AccessTokens(signing_secret, clock, seconds=settings.access_token_seconds, former=former)
    rules = auth_rules(settings)
    tell = forgetting.tell if forgetting is not None else None
    api_keys = ApiKeys(
        database,
        clock,
        post.outbox,
        derive_key(hash_secret, Purpose.API_KEYS),
        needs_verified_email=rules.needs_verified_email,
        tell=tell,
    )
    callers = RecognisedCallers(
        database,
        clock,
        access_tokens,
        api_keys,
        idle_life=rules.idle_life,
        needs_verified_email=rules.needs_verified_email,
        tell=tell,
    )
    hasher = PasswordHasher(settings.password_hash_rounds)
    code_hasher = PasswordHasher(min(settings.password_hash_rounds, _ROUNDS_OF_CODES))
    breaches = PwnedPasswords() if settings.password_breach_check else None
    auth = Auth(
        rules=rules,
        clock=clock,
        hasher=hasher,
        code_hasher=code_hasher,
        policy=PasswordPolicy(min_length=settings.password_min_length, breaches=breaches),
        access_tokens=access_tokens,
        mfa_tokens=MfaTokens(signing_secret, clock),
        refresh_tokens=RefreshTokens(hash_secret),
        hash_secret=hash_secret,
        callers=callers,
        outbox=post.outbox,
    )
    async with AsyncExitStack() as stack:
        stack.callback(hasher.close)
        if breaches is not None:
            stack.push_async_callback(breaches.close)
        stack.callback(code_hasher.close)
        await stack.enter_async_context(supervise("session uses", callers.keep_uses))
        await stack.enter_async_context(supervise("key uses", api_keys.keep_uses))
        if forgetting is not None:
            await stack.enter_async_context(forgetting.running(callers))
        standings = Standings(
            database,
            clock,
            access_tokens,
            callers,
            idle_life=rules.idle_life,
            needs_verified_email=rules.needs_verified_email,
        )
        limiter = make_limiter(settings, clock, windows)
        yield Accounts(auth, callers, api_keys, limiter, csrf_key(settings), standings)


def make_limiter(settings: Settings, clock: Clock, shared: SharedWindows | None = None) -> RateLimits:
    """Return the budgets of everybody, counted in this process and in what several share."""
    return RateLimits(
        SlidingWindows(clock, seconds=WINDOW_SECONDS),
        per_minute=settings.rate_limit_per_minute,
        auth_per_minute=settings.auth_rate_limit_per_minute,
        refresh_per_minute=settings.refresh_rate_limit_per_minute,
        shared=shared,
    )


def csrf_key(settings: Settings) -> bytes:
    """Return the key that binds CSRF tokens to sessions; development makes and keeps one."""
    return _secret(settings, settings.csrf_key, "csrf.key")


def auth_rules(settings: Settings) -> AuthRules:
    """Return what the settings say about signing in."""
    return AuthRules(
        session_life=timedelta(hours=settings.session_hours),
        idle_life=timedelta(hours=settings.session_idle_hours),
        registration_open=settings.registration_open,
        needs_verified_email=settings.require_email_verification,
        secure_cookies=settings.has_secure_cookies,
    )


def _secret(settings: Settings, given: SecretStr | None, name: str) -> bytes:
    return given.get_secret_value().encode() if given is not None else kept_key(settings.data_dir, name)
