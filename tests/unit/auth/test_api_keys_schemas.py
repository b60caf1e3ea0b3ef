"""What a key can be asked for: exactly the scopes that keys can carry."""

from __future__ import annotations

from typing import get_args

from tradesense.auth.api_keys_schemas import ApiKeyIn, Scope
from tradesense.base.principal import KEY_SCOPES


def test_the_scopes_one_can_ask_for_are_those_a_key_can_carry() -> None:
    assert set(get_args(Scope)) == {str(scope) for scope in KEY_SCOPES}


def test_scopes_are_kept_in_one_order_and_names_without_spaces_around() -> None:
    wanted = ApiKeyIn(name="  nightly ", scopes=["portfolio:read", "market:read"])

    assert (wanted.name, wanted.scopes) == ("nightly", ["market:read", "portfolio:read"])
