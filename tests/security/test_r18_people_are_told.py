"""R18: a new device, password, second factor or address is told by mail: once, and without a secret."""

from __future__ import annotations

from tests.fixtures.ledger import Ledger
from tests.fixtures.people import AUTH, People, Person, link_token, new_email, new_password, text_of
from tests.fixtures.served import MovableClock


def kinds_of(people: People, person: Person) -> list[str]:
    """Return what was ever put into the outbox for a person, sent or not."""
    rows = people.sql(
        "SELECT kind FROM mail_outbox WHERE user_id = $1::text::uuid ORDER BY created_at, kind", person.id
    )
    return [str(row["kind"]) for row in rows]


def only_in_links(ledger: Ledger, text: str) -> bool:
    return {hit.kind for hit in ledger.hits("mail", text)} <= {"mailed link", "token"}


def test_r18_a_new_device_is_told_once(people: People) -> None:
    person = people.register()
    people.tokens(person)
    before = len(people.mails_to(person.email))
    phone = {"User-Agent": "A phone nobody saw before"}
    for _ in range(3):
        people.tokens(person, headers=phone)
    mail = people.wait_for_mail(person.email, "new sign-in", count=before + 1)
    assert phone["User-Agent"] in text_of(mail)
    assert kinds_of(people, person).count("new_sign_in") == before + 1
    assert people.ledger.hits("mail", text_of(mail)) == []


def test_r18_a_changed_password_is_told_once(people: People) -> None:
    person = people.register()
    browser, new = people.browser(person), new_password()
    body = {"current_password": person.password, "new_password": new}
    assert browser.post(AUTH + "/password/change", json=body).status_code in (200, 204)
    mail = people.wait_for_mail(person.email, "password was changed")
    assert kinds_of(people, person).count("password_changed") == 1
    assert people.ledger.hits("mail", text_of(mail)) == []


def test_r18_a_reset_password_is_told_once_after_its_link(people: People) -> None:
    person = people.register()
    people.nobody().post(AUTH + "/password/forgot", json={"email": person.email})
    link = people.wait_for_mail(person.email, "new password")
    assert only_in_links(people.ledger, text_of(link))
    body = {"token": link_token(link), "password": new_password()}
    assert people.nobody().post(AUTH + "/password/reset", json=body).status_code == 204
    people.wait_for_mail(person.email, "password was changed")
    assert kinds_of(people, person).count("reset_password") == 1
    assert kinds_of(people, person).count("password_changed") == 1


def test_r18_a_second_factor_going_on_and_off_is_told_once_each(people: People, clock: MovableClock) -> None:
    person = people.register()
    browser = people.browser(person)
    people.set_up_mfa(person, browser)
    on = people.wait_for_mail(person.email, "two-factor sign-in is on")
    clock.advance(seconds=30)
    body = {"password": person.password, "code": people.code(person)}
    assert browser.post(AUTH + "/mfa/disable", json=body).status_code == 204
    off = people.wait_for_mail(person.email, "two-factor sign-in is off")
    assert [kinds_of(people, person).count(kind) for kind in ("mfa_enabled", "mfa_disabled")] == [1, 1]
    for mail in (on, off):
        assert people.ledger.hits("mail", text_of(mail)) == []


def test_r18_a_new_address_is_told_to_the_old_one(people: People) -> None:
    person, new = people.register(), new_email()
    browser = people.browser(person)
    body = {"password": person.password, "new_email": new}
    assert browser.post(AUTH + "/email/change", json=body).status_code == 202
    confirm = people.wait_for_mail(new, "confirm")
    people.wait_for_mail(person.email, "about to change")
    token = link_token(confirm)
    assert people.nobody().post(AUTH + "/email/verify", json={"token": token}).status_code in (200, 204)
    told = people.wait_for_mail(person.email, "was changed")
    assert token not in text_of(told)
    assert kinds_of(people, person).count("address_changed") == 1
    assert people.me(people.tokens(Person(new, person.password)).access).json()["email"] == new
