"""What a person does with an account, in a real browser: second step, sessions, keys, and administration."""

from __future__ import annotations

import json
import shlex
import subprocess
from typing import Any

import pytest

from tests.e2e.conftest import Story, told, unexpected
from tests.fixtures.people import Person, new_email, new_password
from tests.fixtures.served import ServedApp

pytestmark = pytest.mark.timeout(300)
FILE = "stories-account.mjs"


def run_curl(command: str) -> int:
    """Run the command that the page offers and return the status of the answer."""
    words = [*shlex.split(command), "-s", "-o", "/dev/null", "-w", "%{http_code}"]
    return int(subprocess.run(words, capture_output=True, text=True, timeout=30, check=True).stdout)


def test_second_step_is_set_up_from_the_shown_secret_and_asked_for_at_sign_in(
    desk: ServedApp, story: Story
) -> None:
    person = desk.people.register()
    seen = story("twoStep", desk.url, file=FILE, person=told(person))
    assert seen["refusal"]
    assert seen["picture"]["scheme"] == "data:image/svg+xml;"
    assert seen["picture"]["width"] > 0
    assert len(seen["codes"]) == len(set(seen["codes"])) == 10
    assert seen["left"] == "10 recovery codes are left."
    assert seen["address"].endswith("/account")
    assert unexpected(seen["complaints"], "401", "403", "422") == []
    answer = desk.people.nobody().post("/api/v1/auth/login", json=told(person))
    assert answer.json()["mfa_required"] is True


def test_recovery_code_signs_in_once_and_new_ones_turn_the_second_step_off(
    desk: ServedApp, story: Story
) -> None:
    person = desk.people.register()
    desk.people.set_up_mfa(person)
    facts = {**told(person), "seed": person.seed, "recoveryCode": person.recovery_codes[0]}
    seen = story("recovery", desk.url, file=FILE, person=facts)
    assert seen["left"] == "9 recovery codes are left."
    assert seen["refusal"]
    assert len(seen["codes"]) == 10
    assert not set(seen["codes"]) & set(person.recovery_codes)
    assert unexpected(seen["complaints"], "401") == []
    answer = desk.people.nobody().post("/api/v1/auth/login", json=told(person))
    assert "mfa_required" not in answer.json()


def test_session_ended_from_another_browser_is_signed_out_there(desk: ServedApp, story: Story) -> None:
    person = desk.people.register()
    scripts = [desk.people.browser(person) for _ in range(2)]
    seen = story("otherSession", desk.url, file=FILE, person=told(person))
    assert len(seen["rows"]) == 4
    assert sum("This one" in row for row in seen["rows"]) == 1
    assert "/login" in seen["otherAddress"]
    assert ["This one" in row for row in seen["left"]] == [True]
    assert [script.get("/api/v1/users/me").status_code for script in scripts] == [401, 401]
    assert seen["complaints"] == []


def test_api_key_works_with_the_offered_command_until_it_is_revoked(desk: ServedApp, story: Story) -> None:
    person = desk.people.register()
    statuses: list[int] = []
    seen = story(
        "apiKey",
        desk.url,
        lambda line: statuses.append(run_curl(json.loads(line)["command"])),
        file=FILE,
        person=told(person),
    )
    assert statuses == [200]
    assert seen["key"].startswith("ts_live_")
    assert seen["key"][:12] + "…" + seen["key"][-4:] in seen["listed"]
    assert "read portfolios" in seen["listed"]
    assert seen["shownAgain"] is False
    assert "can't be brought back" in seen["question"]
    assert run_curl(f'curl -H "Authorization: Bearer {seen["key"]}" {desk.url}/api/v1/futures') == 401
    assert seen["complaints"] == []


def test_name_password_and_address_are_changed_and_told_in_the_activity(
    desk: ServedApp, story: Story
) -> None:
    person = desk.people.register()
    fresh, address = new_password(), new_email()
    seen = story("settings", desk.url, file=FILE, person=told(person), newPassword=fresh, newEmail=address)
    assert seen["refusal"]
    assert seen["focused"] == "current_password"
    assert address in seen["asked"]
    assert desk.people.wait_for_mail(address)
    assert seen["name"] == "North"
    assert any("The password was changed" in event for event in seen["events"])
    assert person.email in seen["exported"]
    assert fresh not in seen["exported"]
    assert unexpected(seen["complaints"], "403", "422") == []
    assert desk.people.log_in(person).status_code == 401
    assert desk.people.log_in(Person(person.email, fresh)).status_code == 200


def test_account_is_deleted_only_with_its_address_typed(desk: ServedApp, story: Story) -> None:
    person = desk.people.register()
    seen = story("deletion", desk.url, file=FILE, person=told(person))
    assert seen["early"] is False
    assert desk.people.log_in(person).status_code == 401


def test_account_with_a_second_step_is_deleted_with_a_code(desk: ServedApp, story: Story) -> None:
    person = desk.people.register()
    desk.people.set_up_mfa(person)
    first, second, *_ = person.recovery_codes
    seen = story("deletion", desk.url, file=FILE, person={**told(person), "recoveryCode": first}, code=second)
    assert unexpected(seen["complaints"], "401") == []
    assert desk.people.nobody().post("/api/v1/auth/login", json=told(person)).status_code == 401


def test_administrator_gives_a_role_and_disables_but_never_the_last_administrator(
    desk: ServedApp, story: Story
) -> None:
    admin, person = the_only_admin(desk), desk.people.register()
    tokens = desk.people.tokens(person)
    seen = story("people", desk.url, file=FILE, admin=told(admin), person=told(person))
    assert "last administrator" in seen["refusal"]
    assert unexpected(seen["complaints"], "409") == []
    assert desk.people.nobody().get("/api/v1/users/me", headers=tokens.bearer).status_code == 401
    assert desk.people.log_in(person).status_code == 401
    rows: list[dict[str, Any]] = desk.people.sql(
        "SELECT role, status FROM users WHERE id = $1::text::uuid", person.id
    )
    assert rows == [{"role": "viewer", "status": "disabled"}]


def test_who_is_no_administrator_is_told_so(desk: ServedApp, story: Story) -> None:
    seen = story("notForYou", desk.url, file=FILE, person=told(desk.people.register()))
    assert "administrators" in seen["words"]
    assert seen["complaints"] == []


def test_axe_finds_nothing_serious_on_the_pages_of_accounts(desk: ServedApp, story: Story) -> None:
    desk.people.register()
    seen = story("accessibility", desk.url, file=FILE, admin=told(the_only_admin(desk)))
    assert {
        (page, theme): found
        for page, themes in seen["found"].items()
        for theme, found in themes.items()
        if found
    } == {}


def the_only_admin(desk: ServedApp) -> Person:
    """Make an administrator, and traders of those there were: then this is the last."""
    desk.people.sql("UPDATE users SET role = 'trader' WHERE role = 'admin'")
    return desk.people.with_role("admin")
