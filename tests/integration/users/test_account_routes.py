"""One's own account and everybody's, over HTTP: profile, preferences, export, deletion, administration."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.fixtures.people import API, AUTH, People, Person, audit_of, link_token, new_email, text_of
from tests.fixtures.served import MovableClock

ME = API + "/users/me"
PREFERENCES = ME + "/preferences"
CHANGE = AUTH + "/email/change"
VERIFY = AUTH + "/email/verify"


# Profile


def test_me_shows_the_account_and_no_secret(people: People) -> None:
    person = people.register(full_name="North")
    shown = people.browser(person).get(ME)
    assert shown.json() == {
        "id": person.id,
        "email": person.email,
        "full_name": "North",
        "role": "trader",
        "permissions": ["alerts:write", "market:read", "portfolio:read", "portfolio:write"],
        "email_verified": False,
        "mfa_enabled": False,
        "created_at": shown.json()["created_at"],
    }
    assert shown.headers["cache-control"] == "no-store"


def test_a_key_sees_what_it_may_do_itself(people: People) -> None:
    person = people.register()
    key = people.make_key(person, "market:read")["key"]
    assert people.me(key).json()["permissions"] == ["market:read"]
    assert people.with_bearer(key).patch(ME, json={"full_name": "Eve"}).status_code == 403


def test_a_name_can_be_changed_and_taken_away(people: People) -> None:
    person = people.register(full_name="North")
    browser = people.browser(person)
    assert browser.patch(ME, json={"full_name": "  North L. "}).json()["full_name"] == "North L."
    assert browser.patch(ME, json={"full_name": "North L."}).status_code == 200
    assert browser.patch(ME, json={"full_name": None}).json()["full_name"] is None
    assert browser.get(ME).json()["full_name"] is None
    assert audit_of(people, person).count("profile_changed") == 2


@pytest.mark.parametrize(
    "extra",
    [
        {"role": "admin"},
        {"user_id": str(uuid4())},
        {"id": str(uuid4())},
        {"created_at": "2020-01-01T00:00:00Z"},
        {"email": "x@example.com"},
        {"email_verified": True},
        {"status": "active"},
        {"password_hash": "x"},
        {"mfa_enabled": True},
    ],
    ids=lambda extra: next(iter(extra)),
)
def test_r63_nothing_but_the_name_can_be_written(people: People, extra: dict[str, object]) -> None:
    browser = people.browser(people.register(full_name="North"))
    before = browser.get(ME).json()
    assert browser.patch(ME, json={"full_name": "Eve", **extra}).status_code == 422
    assert browser.get(ME).json() == before


@pytest.mark.parametrize("name", ["", "   ", "a\u0000b", "a\nb", "x" * 121, 5, ["x"]])
def test_a_name_is_one_line_of_at_most_120_characters(people: People, name: object) -> None:
    browser = people.browser(people.register())
    assert browser.patch(ME, json={"full_name": name}).status_code == 422


# Preferences


def test_preferences_start_empty_and_are_kept_with_a_version(people: People) -> None:
    browser = people.browser(people.register())
    assert browser.get(PREFERENCES).json() == {"document": {}, "version": 0, "updated_at": None}
    document = {"theme": "dark", "boards": [{"root": "CL", "columns": ["last", "bid"]}], "π": 3.14}
    kept = browser.put(PREFERENCES, json={"document": document})
    assert (kept.json()["document"], kept.json()["version"], kept.headers["etag"]) == (document, 1, '"1"')
    read = browser.get(PREFERENCES)
    assert (read.json(), read.headers["etag"]) == (kept.json(), '"1"')


def test_a_document_that_changed_meanwhile_is_not_overwritten(people: People) -> None:
    browser = people.browser(people.register())

    def put(value: int, etag: str) -> int:
        answer = browser.put(PREFERENCES, json={"document": {"v": value}}, headers={"If-Match": etag})
        return answer.status_code

    assert put(1, '"0"') == 200
    assert put(2, '"0"') == 412
    assert put(3, '"1"') == 200
    assert put(4, '"1"') == 412
    assert put(5, '"7"') == 412
    assert put(6, "*") == 422
    assert browser.get(PREFERENCES).json()["document"] == {"v": 3}
    assert browser.put(PREFERENCES, json={"document": {"v": 7}}).json()["version"] == 3


def test_of_twenty_changes_of_one_version_at_once_one_counts(people: People) -> None:
    script = people.script(people.register())
    for etag in ('"0"', '"1"'):

        def put(value: int, etag: str = etag) -> int:
            answer = script.put(PREFERENCES, json={"document": {"v": value}}, headers={"If-Match": etag})
            return answer.status_code

        with ThreadPoolExecutor(20) as pool:
            assert sorted(pool.map(put, range(20))) == [200] + [412] * 19


def test_preferences_have_bounds(people: People) -> None:
    browser = people.browser(people.register())
    deep: object = 1
    for _ in range(900):
        deep = {"a": deep}
    fifteen: object = {}
    for _ in range(14):
        fifteen = [fifteen]

    def status(document: object) -> int:
        return browser.put(PREFERENCES, json={"document": document}).status_code

    assert status({"a": fifteen}) == 200
    assert status({"a": [fifteen]}) == 422
    assert status(deep) == 422
    assert status({"a": "x" * (64 * 1024 - 8)}) == 200
    assert status({"a": "x" * (64 * 1024 - 7)}) == 422
    assert status({"a": "x" * 300_000}) == 413
    assert status([]) == 422
    assert status({"a": "\0"}) == 422


def test_preferences_are_ones_own(people: People) -> None:
    north, south = people.browser(people.register()), people.browser(people.register())
    north.put(PREFERENCES, json={"document": {"whose": "north"}})
    assert south.get(PREFERENCES).json()["document"] == {}


# Events


def test_r83_people_read_what_happened_to_their_account_page_by_page(people: People) -> None:
    person = people.register()
    browser = people.browser(person)
    for number in range(5):
        browser.patch(ME, json={"full_name": f"Name {number}"})
    seen: list[dict[str, object]] = []
    cursor = None
    while True:
        page = browser.get(
            ME + "/audit", params={"limit": 2, **({"cursor": cursor} if cursor else {})}
        ).json()
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert [each["event"] for each in seen] == ["profile_changed"] * 5 + ["signed_in", "registered"]
    assert all(each["by_you"] and each["ip"] == "127.0.0.1" for each in seen)
    other = people.browser(people.register())
    assert [each["event"] for each in other.get(ME + "/audit").json()["items"]] == ["signed_in", "registered"]
    first = browser.get(ME + "/audit", params={"limit": 2}).json()["next_cursor"]
    assert other.get(ME + "/audit", params={"cursor": first}).status_code == 422


# Export


def test_the_export_has_everything_and_no_secret(people: People, clock: MovableClock) -> None:
    person = people.register(full_name="North")
    browser = people.browser(person)
    people.set_up_mfa(person, browser)
    browser.put(PREFERENCES, json={"document": {"theme": "dark"}})
    browser.post(API + "/watchlists", json={"name": "Energy"})
    key = people.make_key(person, client=browser)
    answer = browser.get(ME + "/export")
    assert answer.headers["content-disposition"].startswith('attachment; filename="tradesense-account-2')
    assert answer.headers["cache-control"] == "no-store"
    document = answer.json()
    assert document["account"]["email"] == person.email
    assert document["preferences"] == {"theme": "dark"}
    assert [each["name"] for each in document["watchlists"]] == ["Energy"]
    assert [each["current"] for each in document["sessions"]] == [True]
    assert [each["last_four"] for each in document["api_keys"]] == [key["key"][-4:]]
    assert {"registered", "signed_in", "mfa_enabled", "api_key_made"} <= {
        each["event"] for each in document["events"]
    }
    cookies = list(browser.cookies.jar)
    for secret in (
        key["key"],
        person.password,
        person.seed or "",
        *person.recovery_codes,
        *(cookie.value or "" for cookie in cookies),
    ):
        assert secret
        assert secret not in answer.text
    assert "hash" not in answer.text
    assert "seed" not in answer.text
    assert people.with_bearer(key["key"]).get(ME + "/export").status_code == 403


# Deletion

TABLES = (
    "users", "preferences", "sessions", "second_factors", "recovery_codes", "api_keys", "links",
    "kept_answers", "mail_outbox", "watchlists",
)  # fmt: skip


def rows_of(people: People, person: Person) -> dict[str, int]:
    found = {}
    for table in TABLES:
        column = "id" if table == "users" else "user_id"
        rows = people.sql(f"SELECT count(*) AS n FROM {table} WHERE {column} = $1::text::uuid", person.id)
        found[table] = int(rows[0]["n"])
    return found


def test_deleting_leaves_nothing_of_a_person_but_the_log(people: People, clock: MovableClock) -> None:
    person = people.register()
    browser = people.browser(person)
    people.set_up_mfa(person, browser)
    browser.put(PREFERENCES, json={"document": {"theme": "dark"}})
    browser.post(API + "/watchlists", json={"name": "Energy"})
    key = people.make_key(person, client=browser)["key"]
    token = people.tokens(person)
    browser.post(AUTH + "/email/change", json={"password": person.password, "new_email": new_email()})
    held = rows_of(people, person)
    assert all(held[table] for table in TABLES if table != "kept_answers")

    assert browser.request("DELETE", ME, json={"password": person.password}).json()["code"] == "code_required"
    wrong = browser.request("DELETE", ME, json={"password": person.password, "code": "000000"})
    assert wrong.status_code == 401
    assert browser.request("DELETE", ME, json={"password": "not it at all"}).status_code == 422
    assert rows_of(people, person) == held | {"mail_outbox": rows_of(people, person)["mail_outbox"]}

    clock.advance(seconds=60)
    gone = browser.request("DELETE", ME, json={"password": person.password, "code": people.code(person)})
    assert gone.status_code == 204, gone.text
    assert set(rows_of(people, person).values()) == {0}
    assert audit_of(people, person)[-1] == "deleted"
    assert browser.cookies.get("auth-token") is None
    assert people.me(token.access).status_code == 401
    assert people.me(key).status_code == 401
    assert people.refresh(token.refresh).status_code == 401
    assert people.log_in(person).status_code == 401
    people.wait_for_mail(person.email, "account was deleted")
    assert people.register(email=person.email, password=person.password).id != person.id


def test_deleting_needs_the_password_and_no_key_can_do_it(people: People) -> None:
    person = people.register()
    script = people.script(person)
    assert script.request("DELETE", ME, json={}).status_code == 422
    key = people.make_key(person, client=script)["key"]
    with_key = people.with_bearer(key).request("DELETE", ME, json={"password": person.password})
    assert with_key.status_code == 403
    assert script.get(ME).status_code == 200


# The address


def test_r67_the_old_address_stays_until_the_new_one_is_confirmed(people: People) -> None:
    person, new = people.register(), new_email()
    browser = people.browser(person)
    asked = browser.post(CHANGE, json={"password": person.password, "new_email": new})
    assert asked.status_code == 202
    notice = people.wait_for_mail(person.email, "about to change")
    link = people.wait_for_mail(new, "confirm your new")
    assert "#token=" not in text_of(notice)
    assert browser.get(ME).json()["email"] == person.email
    token = link_token(link)
    assert people.nobody().post(VERIFY, json={"token": token}).status_code == 204
    shown = browser.get(ME).json()
    assert (shown["email"], shown["email_verified"]) == (new, True)
    again = people.nobody().post(VERIFY, json={"token": token})
    assert (again.status_code, again.json()["code"]) == (400, "invalid_link")
    assert "#token=" not in text_of(people.wait_for_mail(person.email, "address was changed"))
    assert people.log_in(person).status_code == 401
    assert people.log_in(Person(new, person.password)).status_code == 200
    assert audit_of(people, person).count("email_changed") == 1


def test_changing_the_address_needs_the_password(people: People) -> None:
    person, new = people.register(), new_email()
    browser = people.browser(person)
    wrong = browser.post(CHANGE, json={"password": "not the password", "new_email": new})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_password")
    assert people.mails_to(new) == []


def test_an_address_of_somebody_else_cant_be_taken(people: People) -> None:
    north, south = people.register(), people.register()
    browser = people.browser(north)
    body = {"password": north.password, "new_email": south.email.upper()}
    assert browser.post(CHANGE, json=body).json()["code"] == "email_taken"
    assert browser.post(CHANGE, json={**body, "new_email": north.email}).json()["code"] == "same_email"
    assert browser.post(CHANGE, json={**body, "new_email": "no address"}).status_code == 422


def test_an_address_that_somebody_registered_meanwhile_stays_theirs(people: People) -> None:
    north, wanted = people.register(), new_email()
    people.browser(north).post(CHANGE, json={"password": north.password, "new_email": wanted})
    token = link_token(people.wait_for_mail(wanted))
    south = people.register(email=wanted)
    assert people.nobody().post(VERIFY, json={"token": token}).json()["code"] == "email_taken"
    assert people.browser(south).get(ME).json()["id"] == south.id


def test_a_new_link_voids_the_one_before_and_five_an_hour_are_enough(people: People) -> None:
    person = people.register()
    browser = people.browser(person)
    addresses = [new_email() for _ in range(6)]
    statuses = [
        browser.post(CHANGE, json={"password": person.password, "new_email": address}).status_code
        for address in addresses
    ]
    assert statuses == [202] * 5 + [429]
    tokens = [link_token(people.wait_for_mail(address)) for address in addresses[:5]]
    for token in tokens[:4]:
        assert people.nobody().post(VERIFY, json={"token": token}).status_code == 400
    assert people.nobody().post(VERIFY, json={"token": tokens[4]}).status_code == 204


def test_a_reset_link_sent_to_the_former_address_dies_with_it(people: People) -> None:
    person, new = people.register(), new_email()
    people.nobody().post(AUTH + "/password/forgot", json={"email": person.email})
    reset = link_token(people.wait_for_mail(person.email, "new password"))
    people.browser(person).post(CHANGE, json={"password": person.password, "new_email": new})
    people.nobody().post(VERIFY, json={"token": link_token(people.wait_for_mail(new))})
    body = {"token": reset, "password": person.password + "2"}
    assert people.nobody().post(AUTH + "/password/reset", json=body).status_code == 400


def test_the_link_of_ones_own_address_can_be_sent_again(people: People) -> None:
    person = people.register()
    for email in (person.email, new_email()):
        answer = people.nobody().post(VERIFY + "/resend", json={"email": email})
        assert answer.status_code == 202
    mail = people.wait_for_mail(person.email, "confirm your e-mail")
    assert people.nobody().post(VERIFY, json={"token": link_token(mail)}).status_code == 204
    assert people.browser(person).get(ME).json()["email_verified"] is True
    assert audit_of(people, person).count("email_verified") == 1
    people.nobody().post(VERIFY + "/resend", json={"email": person.email})
    kinds = people.sql("SELECT kind FROM mail_outbox WHERE user_id = $1::text::uuid", person.id)
    assert [row["kind"] for row in kinds].count("verify_address") == 1


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 43, "A" * 2000])
def test_a_token_of_nobody_confirms_nothing(people: People, token: str) -> None:
    answer = people.nobody().post(VERIFY, json={"token": token})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_link")
