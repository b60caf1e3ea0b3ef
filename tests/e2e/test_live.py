"""What a person sees of live prices: told without asking, silent, cut off, and back again."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import httpx
import pytest

from tests.data_folder import PROJECT
from tests.e2e.conftest import Story
from tests.fixtures.app import RunningApp, command, environment_for, start_app, stop_app
from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import AUTH, new_email, new_password

pytestmark = pytest.mark.timeout(300)
Cue = Callable[[str], object]


@pytest.fixture(scope="module")
def live_app(
    stack: RunningApp | None, tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[RunningApp]:
    """The program with a market of its own, which these tests disturb."""
    if stack is not None:
        yield stack
        return
    running = start_app(tmp_path_factory.mktemp("live_app"), database_url=database_server.new_database())
    yield running
    assert stop_app(running) == 0, running.log.read_text()[-2000:]


def cookies_of(app: RunningApp, *, admin: bool = False) -> list[dict[str, str]]:
    """Make an account, sign in, and return the cookies as a browser takes them."""
    account = {"email": new_email(), "password": new_password()}
    httpx.post(f"{app.url}{AUTH}/register", json=account, timeout=30).raise_for_status()
    if admin:
        assert app.database_url is not None
        promoted = subprocess.run(
            [*command(), "users", "make-admin", account["email"]],
            cwd=PROJECT,
            env=environment_for(app.data_dir, DATABASE_URL=app.database_url),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert promoted.returncode == 0, promoted.stderr
    answer = httpx.post(f"{app.url}{AUTH}/login", json=account, timeout=30).raise_for_status()
    return [
        {"name": name, "value": value, "url": f"{app.url}{AUTH}/" if name == "refresh-token" else app.url}
        for name, value in answer.cookies.items()
    ]


@pytest.fixture
def walk(story: Story, live_app: RunningApp) -> Callable[..., dict[str, Any]]:
    def walk(name: str, on_cue: Cue | Sequence[Cue] = (), *, admin: bool = False) -> dict[str, Any]:
        cookies = cookies_of(live_app, admin=admin)
        return story(name, live_app.url, on_cue, file="stories-live.mjs", cookies=cookies)

    return walk


def test_board_moves_within_ten_seconds_and_without_being_asked_for(
    walk: Callable[..., dict[str, Any]],
) -> None:
    seen = walk("boardMoves")
    assert seen["seconds"] < 10
    assert seen["before"] != seen["after"]
    assert seen["moves"] == 5
    assert seen["asked"] <= 1, "the list itself is asked for every half minute, prices are not"
    assert "Simulated" in seen["status"]
    assert seen["complaints"] == []


def test_chain_moves_without_being_asked_for_and_shows_its_directions(
    walk: Callable[..., dict[str, Any]],
) -> None:
    seen = walk("chainMoves")
    assert len(set(seen["seen"])) > 1
    assert set(seen["directions"]) <= {"up", "down"}
    assert seen["directions"]
    assert seen["asked"] == 0
    assert seen["complaints"] == []


def test_pulled_plug_is_told_as_stale_and_heals(walk: Callable[..., dict[str, Any]]) -> None:
    seen = walk("plugPulled", admin=True)
    assert "stale" in seen["pill"].lower()
    assert seen["before"] != seen["after"]
    assert seen["complaints"] == []


def test_feed_that_falls_silent_is_said_once_and_kept_among_the_notices(
    walk: Callable[..., dict[str, Any]],
) -> None:
    seen = walk("plugNoticed", admin=True)
    assert seen["toasts"] == 1
    assert "unread notice" in seen["said"]
    assert "is live again" in seen["told"][0]
    assert "fell silent" in seen["told"][1]
    assert all("UTC" in each for each in seen["told"])
    assert seen["after"] == 2, "a reload forgot the notices, or told them twice"
    assert seen["complaints"] == []


def test_trader_sees_how_feeds_are_but_switches_none(walk: Callable[..., dict[str, Any]]) -> None:
    seen = walk("traderSeesOnly")
    assert seen["buttons"] == 0
    assert "Off: connects to nothing. Would connect to " in seen["words"]
    assert seen["complaints"] == []


def test_silent_server_is_told_as_disconnected_and_the_page_comes_back(
    walk: Callable[..., dict[str, Any]], live_app: RunningApp
) -> None:
    def freeze(_: str) -> None:
        live_app.process.send_signal(signal.SIGSTOP)

    def thaw(_: str) -> None:
        live_app.process.send_signal(signal.SIGCONT)

    try:
        seen = walk("lineLost", (freeze, thaw))
    finally:
        live_app.process.send_signal(signal.SIGCONT)
    assert seen["shown"] != seen["after"]


def test_two_tabs_share_one_socket_and_a_browser_without_sharing_opens_its_own(
    walk: Callable[..., dict[str, Any]],
) -> None:
    seen = walk("twoTabs")
    assert seen["moved"] == [True, True]
    assert seen["sockets"] == [0, 0], "a tab opened a socket beside the shared one"
    assert seen["own"] == 1


def test_page_without_a_line_asks_and_says_so(walk: Callable[..., dict[str, Any]]) -> None:
    seen = walk("noLine")
    assert seen["before"] != seen["after"]


def test_worker_may_open_the_stream_and_nothing_else(live_app: RunningApp) -> None:
    script = next((PROJECT / "frontend" / "out" / "_next" / "static" / "chunks").glob("*.js"))
    answer = httpx.get(f"{live_app.url}/_next/static/chunks/{script.name}", timeout=30)
    assert answer.headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; connect-src 'self'"
    )
