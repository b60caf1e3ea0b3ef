"""R5: passwords that many have, that say our name or the person's own are refused, also without a network."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Iterator

import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import AUTH, People, new_email, new_password
from tests.fixtures.served import ServedApp, serve_app
from tests.security.test_r80_problem_documents import assert_problem

COMMON = [
    "password1234",
    "Password1234",
    "1234567890123",
    "qwertyuiop12",
    "administrator",
    "iloveyou1234",
    "passwordpassword",
]
COMMON_OF_EIGHT = [
    "password",
    "12345678",
    "123456789",
    "qwertyui",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "iloveyou",
    "trustno1",
    "starwars",
    "whatever",
    "computer",
    "corvette",
    "mercedes",
    "michelle",
    "jennifer",
    "11111111",
    "87654321",
    "1q2w3e4r",
    "passw0rd",
    "qwerty123",
    "letmein123",
    "password1",
    "abcd1234",
    "liverpool",
    "chocolate",
    "butterfly",
    "elizabeth",
]
OF_CONTEXT = ["tradesense2026", "TradeSense!!2026", "tradesense-desk", "mytradesense1"]


def refusal(people: People, password: str, **changes: str) -> None:
    body = {"email": new_email(), "password": password, **changes}
    document = assert_problem(people.nobody().post(AUTH + "/register", json=body), 422)
    assert document["code"] == "weak_password"
    errors = document["errors"]
    assert isinstance(errors, list)
    assert errors[0]["loc"] == ["body", "password"]


@pytest.mark.parametrize("password", [*COMMON, *OF_CONTEXT, "aaaaaaaaaaaa", "abcabcabcabc"])
def test_r05_a_common_one_or_one_with_our_name_is_refused(people: People, password: str) -> None:
    refusal(people, password)


def test_r05_ones_own_address_and_name_are_refused(people: People) -> None:
    unique = secrets.token_hex(5)
    refusal(people, f"harriet.{unique}", email=f"harriet.{unique}@example.com")
    refusal(people, f"Harriet.{unique}1", email=f"harriet.{unique}@example.com")
    refusal(people, f"harriet.{unique}@example.com", email=f"harriet.{unique}@example.com")
    refusal(people, "Henrietta Quill", full_name="Henrietta Quill")


@pytest.fixture(scope="module")
def eight_allowed(
    tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[ServedApp]:
    """Eight characters are enough here, and the list of breached passwords would be asked."""
    folder = tmp_path_factory.mktemp("eight_allowed")
    with serve_app(
        folder, database_server.new_database(), password_min_length=8, password_breach_check=True
    ) as served:
        yield served


@pytest.fixture
def cut_network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No name but this machine's can be looked up; returns those that were tried."""
    tried: list[str] = []
    look_up = socket.getaddrinfo

    def refuse(host: str | bytes | None, *args: object, **options: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host or ""
        if name in ("", "localhost", "127.0.0.1", "::1"):
            return look_up(host, *args, **options)
        tried.append(name)
        raise socket.gaierror(socket.EAI_AGAIN, "no network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


@pytest.mark.parametrize("password", COMMON_OF_EIGHT)
def test_r05_the_list_at_hand_bites_without_a_network(
    eight_allowed: ServedApp, cut_network: list[str], password: str
) -> None:
    refusal(eight_allowed.people, password)


def test_r05_without_a_network_people_still_register(
    eight_allowed: ServedApp, cut_network: list[str]
) -> None:
    person = eight_allowed.people.register(password=new_password())
    assert eight_allowed.people.log_in(person).status_code == 200


def test_r05_less_than_the_floor_is_refused(people: People, eight_allowed: ServedApp) -> None:
    refusal(people, "Zq8!vX2#pL")
    refusal(eight_allowed.people, "Zq8!vX2")
