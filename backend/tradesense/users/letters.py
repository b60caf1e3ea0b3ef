"""The texts of the mails we send: plain, friendly, and with no secret but the link itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail without its recipient; `kind` names it in the outbox."""

    kind: str
    subject: str
    text: str


class Letters:
    """Writes the letters; links lead to `page_address`, their tokens in the fragment that no server sees."""

    def __init__(self, page_address: str) -> None:
        self._home = page_address.rstrip("/")

    def verify_address(self, token: str) -> Letter:
        """To a new account's address."""
        return self._letter(
            "verify_address",
            "Please confirm your e-mail address",
            f"""\
            Welcome to TradeSense!

            Please confirm that this address is yours by opening this link:

            {self._home}/verify-email#token={token}

            It works once, within 24 hours. If you did not make an account, you can ignore this mail.
            """,
        )

    def account_exists(self) -> Letter:
        """To somebody who registers with an address that has an account, where that isn't told otherwise."""
        return self._letter(
            "account_exists",
            "You have an account already",
            f"""\
            Somebody, probably you, tried to make a TradeSense account with this address.
            It has one already: you can sign in, or choose a new password if you forgot yours.

            {self._home}/login
            {self._home}/forgot-password

            If it wasn't you, there is nothing you need to do.
            """,
        )

    def reset_password(self, token: str) -> Letter:
        """To somebody who forgot the password."""
        return self._letter(
            "reset_password",
            "Choose a new password",
            f"""\
            To choose a new password for TradeSense, open this link:

            {self._home}/reset-password#token={token}

            It works once, within 30 minutes. If you did not ask for it, you can ignore this mail:
            your password stays as it is.
            """,
        )

    def new_sign_in(self, when: datetime, ip: str, user_agent: str) -> Letter:
        """About a sign-in from a device or address not seen before."""
        return self._letter(
            "new_sign_in",
            "New sign-in to your account",
            f"""\
            Your TradeSense account was signed in to from a device we have not seen before.

            Time: {_written(when)}
            Address: {ip or "unknown"}
            Device: {user_agent or "unknown"}

            If that was you, all is well. {self._otherwise()}
            """,
        )

    def password_changed(self, when: datetime) -> Letter:
        """About a new password, changed or reset."""
        return self._notice("password_changed", "Your password was changed", "password was changed", when)

    def mfa_enabled(self, when: datetime) -> Letter:
        """About the second factor going on."""
        return self._notice(
            "mfa_enabled",
            "Two-factor sign-in is on",
            "account now asks for a code of your authenticator app when you sign in; this was turned on",
            when,
        )

    def mfa_disabled(self, when: datetime) -> Letter:
        """About the second factor going off."""
        return self._notice(
            "mfa_disabled",
            "Two-factor sign-in is off",
            "account no longer asks for a code when you sign in; this was turned off",
            when,
        )

    def recovery_codes_made(self, when: datetime) -> Letter:
        """About new recovery codes in place of the old ones."""
        return self._notice(
            "recovery_codes_made", "New recovery codes", "recovery codes were replaced by new ones", when
        )

    def recovery_code_used(self, when: datetime) -> Letter:
        """About a sign-in by recovery code."""
        return self._notice(
            "recovery_code_used",
            "A recovery code was used",
            "account was signed in to with one of its recovery codes",
            when,
        )

    def api_key_made(self, name: str, when: datetime) -> Letter:
        """About a new API key, by its name."""
        return self._notice("api_key_made", "New API key", f'account has a new API key "{name}", made', when)

    def confirm_new_address(self, token: str) -> Letter:
        """To the new address of somebody who wants to change it."""
        return self._letter(
            "confirm_new_address",
            "Please confirm your new e-mail address",
            f"""\
            To use this address for your TradeSense account, open this link:

            {self._home}/verify-email#token={token}

            It works once, within 24 hours. Until then the account keeps its former address.
            If you did not ask for this, you can ignore this mail.
            """,
        )

    def address_change_asked(self, when: datetime) -> Letter:
        """To the old address, when a change is asked for."""
        return self._notice(
            "address_change_asked",
            "Your e-mail address is about to change",
            "account is about to get another e-mail address, once that is confirmed; this was asked for",
            when,
        )

    def address_changed(self, when: datetime) -> Letter:
        """To the old address, once it has changed."""
        return self._notice(
            "address_changed",
            "Your e-mail address was changed",
            "account now has another e-mail address; this was confirmed",
            when,
        )

    def made_for_you(self) -> Letter:
        """About an account that an administrator made."""
        return self._letter(
            "made_for_you",
            "Your TradeSense account",
            f"""\
            An administrator made a TradeSense account for this address. You can sign in here:

            {self._home}/login

            If you were not given a password, choose one here:

            {self._home}/forgot-password
            """,
        )

    def role_changed(self, role: str, when: datetime) -> Letter:
        """About another role, given by an administrator."""
        return self._notice(
            "role_changed", "Your role was changed", f'account has the role "{role}" now, given', when
        )

    def disabled(self, when: datetime) -> Letter:
        """About an account that was switched off."""
        return self._notice(
            "disabled", "Your account was disabled", "account was disabled by an administrator", when
        )

    def enabled(self, when: datetime) -> Letter:
        """About an account that was switched on again."""
        return self._notice(
            "enabled", "Your account is enabled again", "account was enabled by an administrator", when
        )

    def deleted(self, when: datetime) -> Letter:
        """The last letter, about an account that is gone."""
        return self._letter(
            "deleted",
            "Your account was deleted",
            f"""\
            Your TradeSense account and everything in it was deleted on {_written(when)}.

            Thank you for having been here.
            """,
        )

    def _notice(self, kind: str, subject: str, what: str, when: datetime) -> Letter:
        return self._letter(
            kind,
            subject,
            f"""\
            Your TradeSense {what} on {_written(when)}.

            If that was you, or agreed with you, all is well. {self._otherwise()}
            """,
        )

    def _otherwise(self) -> str:
        return f"If not, choose a new password at once:\n\n{self._home}/forgot-password"

    @staticmethod
    def _letter(kind: str, subject: str, text: str) -> Letter:
        lines = [line.strip() for line in text.strip().splitlines()]
        return Letter(kind, subject, "\n".join(lines) + "\n")


def _written(when: datetime) -> str:
    return f"{when:%-d %B %Y} at {when:%H:%M} UTC"
