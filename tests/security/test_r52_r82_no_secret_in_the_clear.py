"""R52, R82: no secret that a long story used stands in the database, the log, the metrics or a wrong answer.

The story goes wrong in every way: secrets in the wrong field, path or query, line breaks in headers.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.fixtures.app import RunningApp, start_app, stop_app
from tests.fixtures.database import DatabaseServer
from tests.fixtures.ledger import Hit, Ledger
from tests.fixtures.people import API, AUTH, People, Person, code_of, link_token, new_email, new_password
from tests.fixtures.served import run_sql
from tradesense.infra.embedded_postgres.cluster import find_binaries

LINE_BREAKING = {"User-Agent": "Desk\t{} {}\x85 \u2028 end", "X-Request-ID": "a b{}"}


@dataclass(frozen=True)
class Told:
    """What is left of the story: every secret in it, and every place it may have left one."""

    ledger: Ledger
    dump: str
    log: str
    metrics: str


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer) -> Told:
    folder = tmp_path_factory.mktemp("told")
    url = database_server.new_database()
    running = start_app(folder, database_url=url, FEEDS="none", LOG_LEVEL="debug")
    try:
        people = People(
            running.url,
            mail_folder=folder / "mail",
            run_sql=lambda query, *values: run_sql(url, query, *values),
        )
        tell(people)
        metrics = httpx.get(running.url + "/metrics", timeout=60).text
        ledger = people.ledger
        people.close()
    finally:
        stop_app(running)
    remember_settings(ledger, running)
    return Told(ledger, dump_of(database_server.owner_url(url)), running.log.read_text("utf-8"), metrics)


def remember_settings(ledger: Ledger, running: RunningApp) -> None:
    keys = [path.read_text().strip() for path in running.data_dir.glob("*.key")]
    assert keys, "the program made its keys"
    ledger.remember("a key of the program", *keys)


def dump_of(url: str) -> str:
    done = subprocess.run(
        [find_binaries() / "pg_dump", "--inserts", url], check=True, capture_output=True, timeout=60
    )
    return done.stdout.decode()


def tell(people: People) -> None:
    """Do everything one can do with an account, rightly and wrongly."""
    person = people.register(full_name="Somebody")
    browser, script = people.browser(person), people.tokens(person)
    refreshed = people.refresh(script.refresh).json()
    browser.post(AUTH + "/refresh")
    people.make_key(person, client=browser)
    again = {"Idempotency-Key": "once-and-again"}
    for _ in range(2):
        browser.post(API + "/api-keys", json={"name": "kept", "scopes": ["market:read"]}, headers=again)
    browser.get(AUTH + "/csrf")
    people.set_up_mfa(person, browser)
    for code in person.recovery_codes[:2]:
        body = {"email": person.email, "password": person.password}
        step = people.nobody().post(AUTH + "/login", json=body).json()["mfa_token"]
        people.nobody().post(AUTH + "/mfa/challenge", json={"mfa_token": step, "recovery_code": code})
    assert person.seed is not None
    proof = {"password": person.password, "code": code_of(person.seed, datetime.now(UTC), steps=1)}
    browser.post(AUTH + "/mfa/recovery-codes", json=proof)
    change_everything(people, person, browser)
    go_wrong(people, person, refreshed["access_token"], refreshed["refresh_token"])


def change_everything(people: People, person: Person, browser: httpx.Client) -> None:
    changed = new_password()
    body = {"current_password": person.password, "new_password": changed}
    assert browser.post(AUTH + "/password/change", json=body).status_code == 204
    person.password = changed
    people.nobody().post(AUTH + "/password/forgot", json={"email": person.email})
    token = link_token(people.wait_for_mail(person.email, "new password"))
    person.password = new_password()
    reset = {"token": token, "password": person.password}
    assert people.nobody().post(AUTH + "/password/reset", json=reset).status_code == 204
    other = people.register()
    new = new_email()
    client = people.script(other)
    assert client.post(AUTH + "/email/change", json={"password": other.password, "new_email": new}).is_success
    confirm = link_token(people.wait_for_mail(new, "confirm"))
    assert people.nobody().post(AUTH + "/email/verify", json={"token": confirm}).status_code == 204
    # Mail that could not be sent and a session that nobody ended stay in the database.
    people.nobody().post(AUTH + "/password/forgot", json={"email": new})
    people.wait_for_mail(new, "new password")


def go_wrong(people: People, person: Person, access: str, refresh: str) -> None:
    """Put live secrets where they don't belong."""
    live = people.register()
    tokens = people.tokens(live)
    key = people.make_key(live)["key"]
    client = people.nobody()
    for secret in (person.password, live.password, tokens.access, tokens.refresh, key, access, refresh):
        people.ledger.remember("misplaced", secret)
        client.get(f"{API}/futures?token={secret}")
        client.get(f"{API}/futures/{secret}", headers=tokens.bearer)
        client.get(f"{API}/instruments/{secret}?symbol={secret}", headers=tokens.bearer)
        client.get(f"/{secret}")
        client.post(AUTH + "/login", json={"email": secret, "password": [secret]})
        client.post(AUTH + "/login", json={"email": live.email, "password": {"a": secret}, secret: 1})
        client.post(AUTH + "/login", content=f'{{"email": "{secret}", '.encode())
        client.post(AUTH + "/login", content=secret.encode(), headers={"Content-Type": "text/plain"})
        client.post(AUTH + "/token", data={"username": secret, "password": secret, "scope": secret * 9})
        client.post(AUTH + "/refresh", json={"refresh_token": secret + "x"})
        client.post(AUTH + "/register", json={"email": new_email(), "password": secret, "role": secret})
        client.post(AUTH + "/password/reset", json={"token": secret, "password": "short"})
        client.post(AUTH + "/mfa/challenge", json={"mfa_token": secret, "code": secret})
        client.post(API + "/api-keys", json={"name": 5, "scopes": [secret]}, headers=tokens.bearer)
        client.get(API + "/users/me", headers={"Authorization": f"Basic {secret}"})
        client.get(API + "/users/me", headers={"Authorization": f"Bearer {secret}x"})
        client.get(API + "/users/me", headers={"Cookie": f"auth-token={secret}; auth-token={secret}"})
        client.get(
            f"{API}/users/me", headers={"X-Request-ID": secret + "!", "Referer": f"http://x/#{secret}"}
        )
        client.request("TRACE", API + "/users/me", headers={"Authorization": f"Bearer {secret}"})
    for name, value in LINE_BREAKING.items():
        headers = {name: value.encode()}
        client.post(AUTH + "/login", json={"email": live.email, "password": "wrong" * 4}, headers=headers)
        client.post(AUTH + "/login", json={"email": "a@b.c\r\n{}", "password": "wrong" * 4}, headers=headers)
    client.post(
        AUTH + "/token",
        data={"username": live.email, "password": live.password},
        headers={
            "User-Agent": LINE_BREAKING["User-Agent"].encode(),
        },
    )


def shown(hits: list[Hit]) -> set[Hit]:
    return set(hits)


def test_r52_the_story_used_secrets_of_every_kind(told: Told) -> None:
    kinds = set(told.ledger.secrets.values())
    assert {"password", "access_token", "refresh_token", "mfa_token", "secret", "key"} <= kinds
    assert {"recovery_codes", "code", "mailed link", "csrf_token", "a key of the program"} <= kinds
    assert len(told.ledger.secrets) > 60
    assert len(told.ledger.answers) > 100


def test_r52_the_search_finds_what_is_there(told: Told) -> None:
    """A search that finds nothing anywhere would prove nothing."""
    for secret, kind in list(told.ledger.secrets.items()):
        text = f'{{"detail": "{secret}", "n": 1}}'
        assert Hit("here", kind, "plain") in told.ledger.hits("here", text)
        if not secret.isdigit():
            assert Hit("here", kind, "hexadecimal") in told.ledger.hits("here", secret.encode().hex())


def test_r52_none_is_in_the_database(told: Told) -> None:
    assert "INSERT INTO public.users" in told.dump
    assert "INSERT INTO public.sessions" in told.dump
    assert "INSERT INTO public.recovery_codes" in told.dump
    assert shown(told.ledger.hits("database", told.dump)) == set()


def test_r52_none_is_in_an_answer_but_those_that_hand_it_out(told: Told) -> None:
    assert shown(told.ledger.hits_in_answers()) == set()


def test_r82_none_is_in_the_log(told: Told) -> None:
    assert shown(told.ledger.hits("log", told.log)) == set()


def test_r82_none_is_in_the_metrics(told: Told) -> None:
    assert "http_request" in told.metrics
    assert shown(told.ledger.hits("metrics", told.metrics)) == set()


def test_r82_every_line_of_the_log_is_one_document(told: Told) -> None:
    lines = told.log.splitlines()
    assert len(lines) > 5
    for line in lines:
        document = json.loads(line)
        assert {"ts", "level", "logger", "message"} <= set(document)
        assert datetime.fromisoformat(document["ts"]) > datetime.now(UTC) - timedelta(hours=1)


def test_r82_a_strange_request_id_or_user_agent_stays_in_its_field(tmp_path: Path, people: People) -> None:
    person = people.register()
    for agent in (b'Desk\t\x85{"level":"error"}', "Desk\u2028\u202e end".encode(), b"a" * 5000, b"\xff\xfe"):
        people.tokens(person, headers={"User-Agent": agent})
    rows = people.sql("SELECT user_agent FROM sessions WHERE user_id = $1::text::uuid", person.id)
    assert len(rows) == 4
    for row in rows:
        agent = str(row["user_agent"] or "")
        assert agent.isprintable()
        assert len(agent) <= 200


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [("order-66_x", True), ("a" * 64, True), ("a" * 65, False), ("a b", False), ("<script>", False)],
)
def test_r82_a_request_id_is_kept_only_where_it_is_a_plain_word(
    people: People, sent: str, is_kept: bool
) -> None:
    answer = people.nobody().get("/health", headers={"X-Request-ID": sent})
    assert (answer.headers["x-request-id"] == sent) is is_kept
