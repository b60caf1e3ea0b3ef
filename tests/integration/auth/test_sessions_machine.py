"""Sessions, refresh tokens and the second factor against a model: a book of which tokens live.

Any order of signing in, refreshing, replaying, waiting, signing out and changing credentials is tried; after
each step every token ever given out works if and only if the book says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, AUTH, bearer, new_password
from tests.fixtures.served import ServedApp, serve_app

GRACE_SECONDS = 10
ACCESS_SECONDS = 900
MFA_SECONDS = 300
LIFE_SECONDS = 7 * 24 * 3600
IDLE_SECONDS = 72 * 3600


@dataclass
class Chain:
    """What the model knows of one session."""

    access: dict[str, float]
    """Access tokens and when each runs out."""
    refresh: list[str]
    """Refresh tokens in their order; the last one is good."""
    began_at: float
    used_at: float
    rotated_at: float = float("-inf")
    ended: bool = False

    def lives(self, now: float) -> bool:
        return not self.ended and now < min(self.began_at + LIFE_SECONDS, self.used_at + IDLE_SECONDS)


@dataclass
class HalfSignIn:
    """A password that was right, before the code."""

    token: str
    until: float
    epoch: int


@dataclass
class Book:
    now: float = 0.0
    epoch: int = 0
    chains: list[Chain] = field(default_factory=list)
    halves: list[HalfSignIn] = field(default_factory=list)


def machine_of(app: ServedApp) -> type[RuleBasedStateMachine]:
    """Return the machine whose examples each make a person of their own in the application."""

    class Sessions(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.book = Book()
            self.client = httpx.Client(base_url=app.url, timeout=30)
            self.person = app.people.register()

        def teardown(self) -> None:
            self.client.close()

        # Steps

        @rule()
        def sign_in(self) -> None:
            answer = self._post("/token", data=self._form())
            if self.person.seed is None:
                self._begin(answer)
            else:
                assert answer["mfa_required"] is True
                assert "access_token" not in answer
                until = self.book.now + MFA_SECONDS
                self.book.halves.append(HalfSignIn(answer["mfa_token"], until, self.book.epoch))

        @precondition(lambda self: self.book.halves and self.person.seed)
        @rule(data=st.data())
        def bring_the_code(self, data: st.DataObject) -> None:
            half = data.draw(st.sampled_from(self.book.halves))
            body = {"mfa_token": half.token, "code": self._fresh_code()}
            if self.book.now < half.until and half.epoch == self.book.epoch:
                self._begin(self._post("/mfa/challenge", json=body))
            else:
                self._post("/mfa/challenge", 401, json=body)

        @precondition(lambda self: self.book.chains)
        @rule(data=st.data())
        def refresh(self, data: st.DataObject) -> None:
            chain = data.draw(st.sampled_from(self.book.chains))
            self._refresh(chain, data.draw(st.integers(1, min(3, len(chain.refresh)))))

        @rule(seconds=st.sampled_from([1, 5, 9, 11, 60, 301, 901]))
        def wait(self, seconds: int) -> None:
            self._advance(seconds)

        @rule(days=st.sampled_from([2, 4]))
        def wait_for_days(self, days: int) -> None:
            self._advance(days * 24 * 3600)

        @precondition(lambda self: self._usable())
        @rule(data=st.data())
        def sign_out(self, data: st.DataObject) -> None:
            chain, token = self._draw(data)
            self._post("/logout", 204, token=token)
            chain.ended = True

        @precondition(lambda self: self._usable())
        @rule(data=st.data())
        def sign_out_everywhere(self, data: st.DataObject) -> None:
            self._post("/logout-all", 204, token=self._draw(data)[1])
            self._end_all()

        @precondition(lambda self: self._usable())
        @rule(data=st.data())
        def end_another_from_the_list(self, data: st.DataObject) -> None:
            chain, token = self._draw(data)
            headers = bearer(token)
            listed = self.client.get(AUTH + "/sessions", headers=headers).json()["items"]
            assert len(listed) == sum(each.lives(self.book.now) for each in self.book.chains)
            mine = next(each["id"] for each in listed if each["current"])
            assert self.client.delete(f"{AUTH}/sessions/{mine}", headers=headers).status_code == 204
            chain.ended = True

        @precondition(lambda self: self._usable())
        @rule(data=st.data())
        def change_the_password(self, data: st.DataObject) -> None:
            token = self._draw(data)[1]
            new = new_password()
            body = {"current_password": self.person.password, "new_password": new}
            answer = self.client.post(AUTH + "/password/change", json=body, headers=bearer(token))
            assert answer.status_code == 204, answer.text
            self._end_all()
            self.person.password = new
            self.book.epoch += 1
            cookies = dict(self.client.cookies)
            self.client.cookies.clear()
            self._begin({"access_token": cookies["auth-token"], "refresh_token": cookies["refresh-token"]})

        @precondition(lambda self: self.person.seed is None and self._usable())
        @rule(data=st.data())
        def turn_the_second_factor_on(self, data: st.DataObject) -> None:
            chain, token = self._draw(data)
            made = self._post("/mfa/setup", json={"password": self.person.password}, token=token)
            self.person.seed = made["secret"]
            self._post("/mfa/verify", json={"code": self._fresh_code()}, token=token)
            self._end_all(besides=chain)
            self.book.epoch += 1

        @precondition(lambda self: self.person.seed and self._usable())
        @rule(data=st.data())
        def turn_the_second_factor_off(self, data: st.DataObject) -> None:
            chain, token = self._draw(data)
            body = {"password": self.person.password, "code": self._fresh_code()}
            if not chain.lives(self.book.now) or chain.access[token] <= self.book.now:
                return
            self._post("/mfa/disable", 204, json=body, token=token)
            self._end_all(besides=chain)
            self.person.seed = None
            self.book.epoch += 1

        # What must hold after each step

        @invariant()
        def an_access_token_works_while_its_session_lives(self) -> None:
            for chain in self.book.chains:
                for token, until in list(chain.access.items()):
                    works = self.client.get(API + "/users/me", headers=bearer(token)).status_code == 200
                    assert works == (chain.lives(self.book.now) and self.book.now < until)
                    if works:
                        chain.used_at = self.book.now

        @invariant()
        def half_a_sign_in_opens_nothing(self) -> None:
            for half in self.book.halves:
                headers = bearer(half.token)
                assert self.client.get(API + "/users/me", headers=headers).status_code == 401

        # Help

        def _refresh(self, chain: Chain, back: int) -> None:
            """Bring a chain's latest refresh token (`back` 1), its parent (2) or grandparent (3)."""
            now, body = self.book.now, {"refresh_token": chain.refresh[-back]}
            if not chain.lives(now):
                self._post("/refresh", 401, json=body)
            elif back == 1:
                answer = self._post("/refresh", json=body)
                assert answer["refresh_token"] not in chain.refresh
                chain.refresh.append(answer["refresh_token"])
                chain.access[answer["access_token"]] = now + ACCESS_SECONDS
                chain.rotated_at = chain.used_at = now
            elif back == 2 and now - chain.rotated_at <= GRACE_SECONDS - 1:
                answer = self._post("/refresh", json=body)
                assert answer["refresh_token"] == chain.refresh[-1]
                chain.access[answer["access_token"]] = now + ACCESS_SECONDS
            elif back == 3 or now - chain.rotated_at > GRACE_SECONDS:
                self._post("/refresh", 401, json=body)
                chain.ended = True

        def _begin(self, answer: dict[str, str]) -> None:
            now = self.book.now
            access = {answer["access_token"]: now + ACCESS_SECONDS}
            self.book.chains.append(Chain(access, [answer["refresh_token"]], began_at=now, used_at=now))

        def _end_all(self, besides: Chain | None = None) -> None:
            for chain in self.book.chains:
                chain.ended = chain.ended or chain is not besides

        def _advance(self, seconds: float) -> None:
            app.clock.advance(seconds=seconds)
            self.book.now += seconds

        def _fresh_code(self) -> str:
            self._advance(31)
            return app.people.code(self.person)

        def _usable(self) -> list[tuple[Chain, str]]:
            # What a code's time step takes is left over.
            soon = self.book.now + 40
            return [
                (chain, token)
                for chain in self.book.chains
                for token, until in chain.access.items()
                if chain.lives(soon) and soon < until
            ]

        def _draw(self, data: st.DataObject) -> tuple[Chain, str]:
            usable = self._usable()
            return usable[data.draw(st.integers(0, len(usable) - 1))]

        def _form(self) -> dict[str, str]:
            return {"username": self.person.email, "password": self.person.password}

        def _post(
            self, path: str, status: int = 200, *, token: str | None = None, **content: object
        ) -> dict[str, object]:
            headers = bearer(token) if token is not None else {}
            answer = self.client.post(AUTH + path, headers=headers, **content)  # type: ignore[arg-type]
            self.client.cookies.clear()
            assert answer.status_code == status, (path, answer.status_code, answer.text)
            return answer.json() if answer.content else {}

    return Sessions


@pytest.fixture(scope="module")
def app_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[ServedApp]:
    """An application whose clock this file moves by days."""
    with serve_app(tmp_path_factory.mktemp("machine"), database_server.new_database()) as served:
        yield served


def test_tokens_live_and_die_as_the_book_says(app_of_its_own: ServedApp) -> None:
    run_state_machine_as_test(
        machine_of(app_of_its_own),
        settings=settings(
            max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
