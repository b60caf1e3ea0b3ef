"""R15: made-up tokens and cookies make no new budgets."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API, AUTH, new_email
from tests.fixtures.served import ServedApp, serve_app


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer) -> Iterator[ServedApp]:
    folder, url = tmp_path_factory.mktemp("limited"), database_server.new_database()
    with serve_app(folder, url, auth_rate_limit_per_minute=5, rate_limit_per_minute=40) as served:
        yield served


def made_up(number: int) -> dict[str, str]:
    kinds = (
        {"Authorization": f"Bearer x{number}"},
        {"Authorization": f"Bearer ts_live_{secrets.token_hex(22)}"},
        {"Cookie": f"auth-token=x{number}", "Sec-Fetch-Site": "same-origin"},
        {"Cookie": f"refresh-token={secrets.token_hex(8)}", "Sec-Fetch-Site": "same-origin"},
    )
    return kinds[number % len(kinds)]


def test_r15_made_up_tokens_do_not_help_signing_in(limited: ServedApp) -> None:
    client = limited.people.nobody(from_address="127.0.0.31")
    answers = [
        client.post(
            AUTH + "/login",
            json={"email": new_email(), "password": "not-the-one-4711"},
            headers=made_up(number),
        ).status_code
        for number in range(20)
    ]
    assert answers == [401] * 5 + [429] * 15


def test_r15_made_up_tokens_share_their_addresss_budget_for_everything(limited: ServedApp) -> None:
    client = limited.people.nobody(from_address="127.0.0.32")
    answers = [client.get(API + "/users/me", headers=made_up(number)).status_code for number in range(44)]
    assert answers == [401] * 40 + [429] * 4
