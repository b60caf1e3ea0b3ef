"""How a person comes in and goes out, in a real browser: accounts, passwords, lapsed sessions, tabs."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Story, told, unexpected
from tests.fixtures.people import Person, link_token, new_email, new_password
from tests.fixtures.served import ServedApp

pytestmark = pytest.mark.timeout(300)
FILE = "stories-sign-in.mjs"


def test_newcomer_is_led_to_an_account_and_the_board(desk: ServedApp, story: Story) -> None:
    person = Person(new_email(), new_password())
    seen = story("firstVisit", desk.url, file=FILE, person=told(person))
    assert "No account yet? Make one" in seen["words"]
    assert "12 characters" in seen["refusal"]
    assert seen["focused"] == "password"
    assert seen["address"] == seen["after"] == "/dashboard"
    assert "eyJ" not in seen["readable"], "a script can read a token"
    assert "ts_rt_" not in seen["readable"], "a script can read a token"
    assert len(seen["complaints"]) <= 2, "who is here is asked once a page"
    assert unexpected(seen["complaints"], "401") == []


def test_taken_address_leads_to_signing_in(desk: ServedApp, story: Story) -> None:
    seen = story("taken", desk.url, file=FILE, person=told(desk.people.register()))
    assert "There is an account with this address already" in seen["words"]
    assert unexpected(seen["complaints"], "409") == []


def test_wrong_password_is_told_in_words_and_the_right_one_leads_where_one_wanted(
    desk: ServedApp, story: Story
) -> None:
    seen = story("wrongPassword", desk.url, file=FILE, person=told(desk.people.register()))
    assert "E-mail address or password are not right" in seen["words"]
    assert seen["focused"] == "password"
    assert seen["address"] == "/futures?root=ES&tab=curve"
    assert unexpected(seen["complaints"], "401", "404") == []


def test_prepared_address_leads_to_no_other_host(desk: ServedApp, story: Story) -> None:
    seen = story("preparedAddress", desk.url, file=FILE, person=told(desk.people.register()))
    assert seen["address"] == "/dashboard"
    assert seen["complaints"] == []


@pytest.mark.one_process  # It moves the program's clock.
def test_lapsed_access_is_renewed_once_for_two_tabs_without_losing_the_page(
    desk: ServedApp, story: Story
) -> None:
    person = desk.people.register()
    seen = story("lapse", desk.url, lambda _: desk.clock.advance(minutes=16), file=FILE, person=told(person))
    assert seen["refreshes"] == [200]
    assert seen["same"] == [True, True]
    assert seen["paths"] == ["/dashboard", "/futures"]
    assert unexpected(seen["complaints"], "401") == []


def test_signing_out_and_in_reaches_the_other_tab(desk: ServedApp, story: Story) -> None:
    seen = story("twoTabs", desk.url, file=FILE, person=told(desk.people.register()))
    assert seen["other"] == "/account"
    assert seen["themes"][0] == seen["themes"][1], "how the browser shows things is lost by signing out"
    assert unexpected(seen["complaints"], "401") == []


def test_address_is_confirmed_once_by_the_mailed_link(desk: ServedApp, story: Story) -> None:
    person = desk.people.register()
    asked = desk.people.nobody().post("/api/v1/auth/email/verify/resend", json={"email": person.email})
    assert asked.is_success, asked.text
    token = link_token(desk.people.wait_for_mail(person.email))
    seen = story("verify", desk.url, file=FILE, link=f"{desk.url}/verify-email#token={token}")
    assert seen["address"] == f"{desk.url}/verify-email"
    assert unexpected(seen["complaints"], "400") == []
    assert desk.people.me(desk.people.tokens(person).access).json()["email_verified"] is True


def test_forgotten_password_is_replaced_by_the_mailed_link(desk: ServedApp, story: Story) -> None:
    person, fresh = desk.people.register(), new_password()
    seen = story("forgot", desk.url, file=FILE, person=told(person), nobody=new_email())
    assert seen["words"][0] == seen["words"][1]
    token = link_token(desk.people.wait_for_mail(person.email))
    link = f"{desk.url}/reset-password#token={token}"
    seen = story("reset", desk.url, file=FILE, person=told(person), link=link, newPassword=fresh)
    assert seen["address"] == f"{desk.url}/reset-password"
    assert unexpected(seen["complaints"], "400", "401") == []
    assert desk.people.log_in(person).status_code == 401
    assert desk.people.log_in(Person(person.email, fresh)).status_code == 200
