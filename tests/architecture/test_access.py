"""R60, R61: who may call what, as a table in `access.toml` that the running application is held against.

Nothing is done by these calls: each carries a query parameter that no route knows, which is a 422 for whoever
may call, and read only after the caller was found good.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import orjson
import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from tests.fixtures.app import settings_for
from tests.fixtures.database import DatabaseServer
from tests.fixtures.operations import EXAMPLE_OF_NAME, NOBODYS_ID
from tests.fixtures.people import AUTH, bearer, link_token, new_email, new_password
from tests.fixtures.served import ServedApp, serve_app
from tests.fixtures.tokens import Parts, forger_of
from tradesense.run.api import create_app

CALLERS = ("anonymous", "viewer", "trader", "admin", "read_only_key", "expired", "unverified")
WORDS = {"yes", "401", "403"}
TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
ROUTES: dict[str, list[str]] = {name: expected.split() for name, expected in TABLE["api"].items()}
CREDENTIALS = {"api-keys", "auth", "users"}


def routes_of_the_application() -> Iterator[tuple[str, bool]]:
    app = create_app(settings_for(Path("unused")))
    for context in iter_route_contexts(app.routes):
        for method in sorted(context.methods or {"WEBSOCKET"}):
            yield (
                f"{method} {context.path_format or context.path}",
                isinstance(context.original_route, APIRoute),
            )


def test_r60_every_route_stands_in_the_table_and_nothing_else() -> None:
    found = dict(routes_of_the_application())
    assert {name for name, is_api in found.items() if is_api} == set(ROUTES)
    assert {name for name, is_api in found.items() if not is_api} == set(TABLE["pages"]["open"])


@pytest.mark.parametrize("route", ROUTES)
def test_r60_a_row_says_something_for_every_caller(route: str) -> None:
    row = dict(zip(CALLERS, ROUTES[route], strict=True))
    assert set(row.values()) <= WORDS
    is_public = row["anonymous"] == "yes"
    assert is_public == (route in TABLE["public"]["routes"]), "the routes open to everybody are named twice"
    assert is_public == (row["expired"] == "yes") == (row["unverified"] == "yes")
    if is_public:
        assert set(row.values()) == {"yes"}


def test_r61_keys_manage_no_credentials() -> None:
    for route, expected in ROUTES.items():
        if route.split("/")[3:4] != [] and route.split("/")[3] in CREDENTIALS:
            key = dict(zip(CALLERS, expected, strict=True))["read_only_key"]
            assert key == "403" or route in (*TABLE["public"]["routes"], "GET /api/v1/users/me"), route


@pytest.fixture(scope="module")
def unverified(
    tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[tuple[ServedApp, str]]:
    """An application that wants addresses confirmed, and what somebody has who did not: the mailed link."""
    folder, url = tmp_path_factory.mktemp("unverified"), database_server.new_database()
    with serve_app(folder, url, require_email_verification=True) as served:
        client, body = served.people.nobody(), {"email": new_email(), "password": new_password()}
        assert client.post(AUTH + "/register", json=body).status_code == 202
        assert client.post(AUTH + "/login", json=body).status_code == 401
        yield served, link_token(served.people.wait_for_mail(body["email"]))


@pytest.fixture(scope="module")
def clients(served_app: ServedApp, unverified: tuple[ServedApp, str]) -> dict[str, httpx.Client]:
    """A client for each column of the table."""
    people = served_app.people
    trader = people.with_role("trader")
    forger = forger_of(served_app)
    past = {"iat": 1_500_000_000, "exp": 1_500_000_900}
    expired = forger.again(Parts(forger.parts.header, {**forger.parts.claims, **past}))
    made = {
        "anonymous": people.nobody(),
        "viewer": people.script(people.with_role("viewer")),
        "trader": people.script(trader),
        "admin": people.script(people.with_role("admin")),
        "read_only_key": people.with_bearer(people.make_key(trader, "market:read")["key"]),
        "expired": people.with_bearer(expired),
        "unverified": unverified[0].people.nobody(headers=bearer(unverified[1])),
    }
    assert tuple(made) == CALLERS
    return made


@pytest.mark.parametrize("route", ROUTES)
def test_r61_the_application_does_what_the_table_says(route: str, clients: dict[str, httpx.Client]) -> None:
    method, template = route.split()
    path = template.format_map(_Examples())
    answers = {who: client.request(method, path + "?no-such-thing=1") for who, client in clients.items()}
    said = {
        who: "yes" if answer.status_code == 422 else str(answer.status_code)
        for who, answer in answers.items()
    }
    assert said == dict(zip(CALLERS, ROUTES[route], strict=True))
    for answer in answers.values():
        assert answer.headers["content-type"] == "application/problem+json"
        if answer.status_code == 401:
            assert answer.headers["www-authenticate"] == "Bearer"
            assert orjson.loads(answer.content)["code"] == "unauthorized"


class _Examples(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return EXAMPLE_OF_NAME.get(name, NOBODYS_ID)
