"""R46: the signing key can be replaced while tokens of the former one are taken, until it is dropped."""

from __future__ import annotations

import secrets
from pathlib import Path

from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import People, Person, Tokens
from tests.fixtures.served import serve_app

OLD, NEW = secrets.token_hex(32), secrets.token_hex(32)
HASHES = secrets.token_hex(32)


def test_r46_a_new_key_ends_no_session_and_dropping_the_old_one_ends_its_tokens(
    tmp_path: Path, database_server: DatabaseServer
) -> None:
    url = database_server.new_database()

    def with_keys(signing: str, *former: str) -> tuple[int, int, Tokens]:
        """Serve with these keys; say whether the first person's tokens live, and sign in a new one's."""
        with serve_app(
            tmp_path, url, jwt_signing_key=signing, jwt_former_keys=former, token_hash_key=HASHES
        ) as served:
            people: People = served.people
            known = tokens or people.tokens(person or people.register())
            return (
                people.me(known.access).status_code,
                people.refresh(known.refresh).status_code if former == () and tokens else 0,
                people.tokens(people.register()) if tokens else known,
            )

    person: Person | None = None
    tokens: Tokens | None = None
    status, _, tokens = with_keys(OLD)
    assert status == 200
    status, _, by_new_key = with_keys(NEW, OLD)
    assert status == 200
    status, refreshed, _ = with_keys(NEW)
    assert (status, refreshed) == (401, 200)
    tokens = by_new_key
    assert with_keys(NEW)[0] == 200
    assert with_keys(secrets.token_hex(32))[0] == 401
