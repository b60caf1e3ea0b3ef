"""The last administrator over HTTP, in an application of their own."""

from __future__ import annotations

from pathlib import Path

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import API
from tests.fixtures.served import serve_app


def test_the_last_administrator_can_neither_go_nor_be_demoted(
    tmp_path: Path, database_server: DatabaseServer
) -> None:
    with serve_app(tmp_path, database_server.new_database()) as served:
        people = served.people
        first, second = people.with_role("admin"), people.with_role("admin")
        manager = people.script(first)
        mine, theirs = f"{API}/users/{first.id}", f"{API}/users/{second.id}"
        assert manager.patch(theirs, json={"status": "disabled"}).status_code == 200
        for body in ({"role": "trader"}, {"status": "disabled"}, {"role": "viewer", "status": "disabled"}):
            answer = manager.patch(mine, json=body)
            assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")
        gone = manager.request("DELETE", API + "/users/me", json={"password": first.password})
        assert (gone.status_code, gone.json()["code"]) == (409, "last_admin")
        assert manager.get(API + "/users").status_code == 200
        manager.patch(theirs, json={"status": "active"})
        gone = manager.request("DELETE", API + "/users/me", json={"password": first.password})
        assert gone.status_code == 204
