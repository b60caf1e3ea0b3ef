"""Whatever somebody does with a second factor and sessions, in whatever order: a model says who gets in.

The model knows which sessions, half sign-ins, codes and recovery codes live; everything goes over HTTP. Its
time is a count of 30-second steps: each rule begins in a step of its own, so a run can be repeated exactly.
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
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.fixtures.mfa import STEP_SECONDS, begin_step, wrong_code
from tests.fixtures.people import API, AUTH, Person, bearer, code_of, new_password
from tests.fixtures.served import ServedApp

MINUTE = 60 // STEP_SECONDS
LIMITS = [(5, 5 * MINUTE), (20, 60 * MINUTE), (50, 24 * 60 * MINUTE)]
ACCESS, HALF, PENDING, SPARE = 15 * MINUTE, 5 * MINUTE, 15 * MINUTE, 2 * MINUTE
KINDS = st.sampled_from(
    [*["now", "after", "recovery"] * 3, "before", "too old", "too early", "wrong", "junk", "spent"]
)
AWAY = {"now": 0, "before": -1, "after": 1, "too old": -2, "too early": 2}


@dataclass
class Dated:
    """A token, when it was made, and whether something ended it since."""

    token: str
    made: int
    ended: bool = False


@dataclass
class Model:
    """What is true of one account."""

    seed: str | None = None
    is_on: bool = False
    pending_since: int | None = None
    last_step: int = -1000
    unspent: list[str] = field(default_factory=list)
    spent: list[str] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)
    sessions: list[Dated] = field(default_factory=list)
    halves: list[Dated] = field(default_factory=list)
    wrong_passwords: int = 0

    def deadlines(self) -> Iterator[int]:
        """Yield every moment at which something ends by itself."""
        yield from (failure + window for failure in self.failures for _, window in LIMITS)
        yield from (session.made + ACCESS for session in self.sessions)
        yield from (half.made + HALF for half in self.halves)
        if self.pending_since is not None:
            yield self.pending_since + PENDING

    def must_wait(self, now: int) -> bool:
        return any(
            sum(now - failure < window for failure in self.failures) >= most for most, window in LIMITS
        )

    def change_credentials(self, by: Dated) -> None:
        for session in self.sessions:
            session.ended = session.ended or session is not by
        for half in self.halves:
            half.ended = True


class SecondFactorMachine(RuleBasedStateMachine):
    served: ServedApp

    def __init__(self) -> None:
        super().__init__()
        self.people, self.clock = self.served.people, self.served.clock
        self.model = Model()
        self.person = self.people.register()
        self.client = self.people.nobody()
        begin_step(self.clock)
        self.now, self.first_step = 0, self.step()

    def settle(self) -> int:
        """Move on to the beginning of a step in which nothing ends by itself; return which one it is."""
        while True:
            begin_step(self.clock)
            self.now += 1
            assert self.step() == self.first_step + self.now, "a rule took longer than a step"
            if self.now not in set(self.model.deadlines()):
                return self.now

    def step(self) -> int:
        return int(self.clock.now().timestamp()) // STEP_SECONDS

    def post(self, path: str, body: dict[str, object], session: Dated | None = None) -> httpx.Response:
        headers = bearer(session.token) if session else {}
        return self.client.post(AUTH + path, json=body, headers=headers)

    def typed(self, kind: str, now: int) -> tuple[str, str]:
        """Return what is typed, and what it is: `right`, `replayed`, `wrong` or `junk`."""
        model = self.model
        if kind in AWAY and model.seed is not None:
            code = code_of(model.seed, self.clock.now(), steps=AWAY[kind])
            if abs(AWAY[kind]) > 1:
                return code, "wrong"
            return code, "right" if now + AWAY[kind] > model.last_step else "replayed"
        if kind == "recovery" and model.unspent:
            return model.unspent[0], "recovery"
        if kind == "spent" and model.spent:
            return model.spent[-1], "wrong"
        if kind == "junk":
            return "é23456", "junk"
        return wrong_code(
            self.people, self.with_seed()
        ) if model.seed else "2222-3333-4444-5555-6666", "wrong"

    def with_seed(self) -> Person:
        return Person(self.person.email, self.person.password, self.person.id, self.model.seed)

    def expected(self, what: str, now: int, right: int) -> int:
        """Return the status for a typed code where one is asked for, and change the model accordingly."""
        model = self.model
        if model.must_wait(now):
            return 429
        if what == "recovery" and model.is_on:
            model.spent.append(model.unspent.pop(0))
        elif what in ("wrong", "recovery"):
            model.failures.append(now)
            return 401
        elif what != "right":
            return 401
        return right

    def spend_step(self, kind: str, now: int) -> None:
        if kind in AWAY:
            self.model.last_step = now + AWAY[kind]

    def live_sessions(self) -> list[Dated]:
        # With time to spare, for settling moves the clock.
        until = self.now + SPARE
        return [each for each in self.model.sessions if not each.ended and until < each.made + ACCESS]

    def live_halves(self) -> list[Dated]:
        until = self.now + SPARE
        return [each for each in self.model.halves if not each.ended and until < each.made + HALF]

    @initialize()
    def begin(self) -> None:
        self.give_password()
        self.prepare(self.model.sessions[0], knows_password=True)
        self.turn_on(self.model.sessions[0], "now")
        assert self.model.is_on

    @precondition(lambda self: len(self.live_sessions()) + len(self.live_halves()) < 5)
    @rule()
    def give_password(self) -> None:
        now = self.settle()
        answer = self.post("/login", {"email": self.person.email, "password": self.person.password})
        assert answer.status_code == 200
        if self.model.is_on:
            assert set(answer.json()) == {"mfa_required", "mfa_token"}
            self.model.halves.append(Dated(answer.json()["mfa_token"], now))
        else:
            self.model.sessions.append(Dated(answer.json()["access_token"], now))

    @precondition(lambda self: self.model.halves)
    @rule(data=st.data(), kind=KINDS)
    def give_code(self, data: st.DataObject, kind: str) -> None:
        half = data.draw(st.sampled_from(self.live_halves() or self.model.halves))
        now = self.settle()
        typed, what = self.typed(kind, now)
        field_name = "recovery_code" if what == "recovery" or kind == "spent" else "code"
        answer = self.post("/mfa/challenge", {"mfa_token": half.token, field_name: typed})
        if now >= half.made + HALF:
            assert answer.status_code == 401
        elif half.ended:
            assert answer.status_code == (429 if self.model.must_wait(now) else 401)
        else:
            status = self.expected(what, now, 200)
            assert answer.status_code == status, (what, answer.text)
            if status == 200:
                self.spend_step(kind, now)
                self.model.sessions.append(Dated(answer.json()["access_token"], now))

    @precondition(lambda self: self.live_sessions())
    @rule(data=st.data(), knows_password=st.sampled_from([True, True, False]))
    def set_up(self, data: st.DataObject, knows_password: bool) -> None:
        self.prepare(data.draw(st.sampled_from(self.live_sessions())), knows_password=knows_password)

    def prepare(self, session: Dated, *, knows_password: bool) -> None:
        now = self.settle()
        # How long many wrong passwords make one wait is another test's business.
        knows_password = knows_password or self.model.wrong_passwords >= 9
        self.model.wrong_passwords = 0 if knows_password else self.model.wrong_passwords + 1
        password = self.person.password if knows_password else new_password()
        answer = self.post("/mfa/setup", {"password": password}, session)
        if not knows_password:
            assert answer.status_code == 403
        elif self.model.is_on:
            assert answer.status_code == 409
        else:
            assert answer.status_code == 200
            self.model.seed, self.model.pending_since = answer.json()["secret"], now
            self.model.last_step = -1000

    @precondition(lambda self: self.live_sessions() and not self.model.is_on)
    @rule(data=st.data(), kind=KINDS)
    def verify(self, data: st.DataObject, kind: str) -> None:
        self.turn_on(data.draw(st.sampled_from(self.live_sessions())), kind)

    def turn_on(self, session: Dated, kind: str) -> None:
        now, model = self.settle(), self.model
        typed, what = self.typed(kind, now)
        answer = self.post("/mfa/verify", {"code": typed}, session)
        if model.must_wait(now):
            assert answer.status_code == 429
        elif model.is_on or model.pending_since is None or now >= model.pending_since + PENDING:
            assert answer.status_code == 409
        else:
            status = self.expected(what, now, 200)
            assert answer.status_code == status, (what, answer.text)
            if status == 200:
                self.spend_step(kind, now)
                model.is_on, model.pending_since = True, None
                model.unspent, model.spent = answer.json()["recovery_codes"], []
                model.change_credentials(session)

    @precondition(lambda self: self.live_sessions() and self.model.is_on)
    @rule(data=st.data(), kind=KINDS, path=st.sampled_from(["/mfa/disable", "/mfa/recovery-codes"]))
    def weaken(self, data: st.DataObject, kind: str, path: str) -> None:
        session = data.draw(st.sampled_from(self.live_sessions()))
        now, model = self.settle(), self.model
        typed, what = self.typed(kind, now)
        model.wrong_passwords = 0
        answer = self.post(path, {"password": self.person.password, "code": typed}, session)
        if model.must_wait(now):
            assert answer.status_code == 429
        elif not model.is_on:
            assert answer.status_code == 409
        else:
            right = 204 if path == "/mfa/disable" else 200
            status = self.expected(what, now, right)
            assert answer.status_code == status, (what, answer.text)
            if status == 204:
                model.is_on, model.seed, model.unspent, model.spent = False, None, [], []
                model.change_credentials(session)
            elif status == 200:
                self.spend_step(kind, now)
                model.spent = model.unspent + model.spent
                model.unspent = answer.json()["recovery_codes"]

    @precondition(lambda self: len(self.live_sessions()) > 1)
    @rule(data=st.data())
    def sign_out(self, data: st.DataObject) -> None:
        session = data.draw(st.sampled_from(self.live_sessions()))
        assert self.post("/logout", {}, session).status_code == 204
        session.ended = True

    @rule(steps=st.sampled_from([1, 1, 1, 1, 1, 10, 30]))
    def wait(self, steps: int) -> None:
        self.clock.advance(seconds=steps * STEP_SECONDS)
        self.now += steps

    @rule()
    def look(self) -> None:
        now = self.settle()
        for session in self.model.sessions[-4:]:
            lives = not session.ended and now < session.made + ACCESS
            answer = self.client.get(API + "/users/me", headers=bearer(session.token))
            assert answer.status_code == (200 if lives else 401)
            if lives:
                assert answer.json()["mfa_enabled"] is self.model.is_on
                state = self.client.get(AUTH + "/mfa", headers=bearer(session.token)).json()
                assert (state["enabled"], state["recovery_codes_left"]) == (
                    self.model.is_on,
                    len(self.model.unspent),
                )

    def teardown(self) -> None:
        self.look()


@pytest.mark.timeout(300)
def test_who_gets_in_is_what_the_model_says(served_app: ServedApp) -> None:
    class Machine(SecondFactorMachine):
        served = served_app

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
