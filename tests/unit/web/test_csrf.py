"""Which requests that change something another site's page could have caused."""

from __future__ import annotations

from uuid import UUID

import pytest

from tradesense.base.principal import Principal, Via
from tradesense.web.csrf import CrossSiteGuard, csrf_token

KEY = b"k" * 32
OURS = Principal(UUID(int=1), "trader", frozenset(), Via.SESSION, UUID(int=2))
OTHER_SESSION = UUID(int=3)


async def status_of(
    headers: dict[str, str],
    *,
    caller: Principal | None = OURS,
    has_cookie: bool = True,
    **scope_changes: object,
) -> int:
    statuses: list[int] = []

    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/auth/logout",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "state": {"caller": caller, "has_cookie": has_cookie, "csrf_key": KEY},
        **scope_changes,
    }
    guard = CrossSiteGuard(app, origins=["https://desk.example.org"], plain_http=False)
    await guard(scope, None, send)
    return statuses[0]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://desk.example.org"}, 200),
        ({"Origin": "https://desk.example.org"}, 200),
        ({"Origin": "https://desk.example.org.evil.example"}, 403),
        ({"Origin": "http://desk.example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"X-CSRF-Token": csrf_token(KEY, OURS.credential_id)}, 200),
        ({"X-CSRF-Token": csrf_token(KEY, OTHER_SESSION)}, 403),
        ({"X-CSRF-Token": ""}, 403),
        ({"X-CSRF-Token": csrf_token(KEY, OURS.credential_id), "Origin": "https://evil.example"}, 403),
    ],
)
async def test_with_a_cookie_a_request_has_to_say_that_it_is_ours(headers, status) -> None:
    assert await status_of(headers) == status


async def test_a_bearer_without_a_cookie_forges_nothing() -> None:
    assert await status_of({"Sec-Fetch-Site": "cross-site"}, has_cookie=False) == 200


async def test_nobody_with_no_browser_may_sign_in_and_another_site_may_not() -> None:
    assert await status_of({}, caller=None, has_cookie=False) == 200
    assert await status_of({"Sec-Fetch-Site": "cross-site"}, caller=None, has_cookie=False) == 403


async def test_reading_and_other_addresses_are_not_asked() -> None:
    assert await status_of({"Origin": "https://evil.example"}, method="GET") == 200
    assert await status_of({"Origin": "https://evil.example"}, path="/health") == 200
