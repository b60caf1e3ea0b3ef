"""What can be wrong with credentials: passwords, tokens, codes, links."""

from __future__ import annotations

from tradesense.base.errors import Forbidden, Invalid, NotFound, TooMany, Unavailable, Unrecognised, Unusable


class InvalidCredentials(Unrecognised):
    """The one failure of signing in: unknown, wrong, disabled and unconfirmed look the same."""

    code = "invalid_credentials"

    def __init__(self) -> None:
        super().__init__("E-mail address or password are not right.")


class SessionEnded(Unrecognised):
    """The refresh token names no session that lives; sign in again."""

    code = "session_ended"

    def __init__(self) -> None:
        super().__init__("The session has ended; sign in again.")


class UnknownSession(NotFound):
    code = "unknown_session"

    def __init__(self) -> None:
        super().__init__("You have no such session.")


class InvalidCode(Unrecognised):
    """A code of an authenticator app, or a recovery code, that is not right now."""

    code = "invalid_code"

    def __init__(self) -> None:
        super().__init__("This code is not right, or no longer.")


class ReauthRequired(Forbidden):
    """Signing in was too long ago for what is asked, or its proof is missing or wrong."""

    code = "reauth_required"

    def __init__(self, detail: str = "For this, sign in again first.") -> None:
        super().__init__(detail)


class RegistrationClosed(Forbidden):
    code = "registration_closed"

    def __init__(self) -> None:
        super().__init__("New accounts are made by an administrator here.")


class WrongPassword(Invalid):
    """Somebody who is signed in repeats the password, and it is another one."""

    code = "wrong_password"
    keeps_changes = True

    def __init__(self, *, field: str = "body.password") -> None:
        super().__init__("This is not your password.", field=field)


class WeakPassword(Invalid):
    code = "weak_password"

    def __init__(self, why: str, *, field: str = "body.password") -> None:
        super().__init__(why, field=field)


class InvalidLink(Unusable):
    """A mailed link that was used, replaced by a later one, is too old, or was never ours."""

    code = "invalid_link"

    def __init__(self) -> None:
        super().__init__("This link was used before or is too old; ask for a new one.")


class TwoTokens(Unusable):
    """A refresh token in the body and one in the cookie: which is meant?"""

    code = "two_tokens"

    def __init__(self) -> None:
        super().__init__("Send the refresh token in the body or as the cookie, not both.")


class TooManyAttempts(TooMany):
    """Too many wrong passwords or codes for one account."""

    def __init__(self, *, retry_after_seconds: int) -> None:
        super().__init__(
            "Too many attempts for this account. Wait as long as `Retry-After` says.",
            retry_after_seconds=retry_after_seconds,
        )


class HashersBusy(Unavailable):
    """More passwords wait to be checked than can be checked in time."""

    code = "busy"

    def __init__(self, *, retry_after_seconds: int) -> None:
        super().__init__("Too many people are signing in at this moment. Try again shortly.")
        self.retry_after_seconds = retry_after_seconds
