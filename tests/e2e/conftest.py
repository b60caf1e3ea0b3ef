"""A real browser, driven by the stories of `stories.mjs`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.data_folder import PROJECT
from tests.fixtures.app import RunningApp, settings_for
from tests.fixtures.database import DatabaseServer
from tests.fixtures.people import AUTH, Person, new_email, new_password
from tests.fixtures.served import MovableClock, ServedApp, people_of, serve_app

HERE = Path(__file__).parent
LONGEST_STORY_SECONDS = 150
Story = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def browser() -> str:
    found = subprocess.run(
        ["bash", str(HERE / "find-browser.sh")], capture_output=True, text=True, timeout=600, check=False
    )
    assert found.returncode == 0, found.stderr
    path = found.stdout.strip()
    if not path:
        pytest.skip(found.stderr.strip() or "NO BROWSER: the browser tests need Chromium")
    return path


@pytest.fixture(scope="session")
def node() -> str:
    path = shutil.which("node") or shutil.which("node", path=str(PROJECT / ".node" / "bin"))
    assert path, "the browser tests need Node: run `make test`, which sets it up"
    assert (PROJECT / "frontend" / "node_modules" / "playwright-core").is_dir(), "run `npm ci` in frontend/"
    assert (PROJECT / "frontend" / "out" / "index.html").is_file(), "run `npm run build` in frontend/"
    return path


class SharedBrowser:
    """One browser for the stories of a worker, which end with a context and not with a browser each."""

    def __init__(self, node: str, executable: str) -> None:
        self._command = [node, str(HERE / "browser.mjs"), executable]
        self._process: subprocess.Popen[str] | None = None
        self._address = ""

    @property
    def address(self) -> str:
        """Where it listens; it is started where it is not, or no more, running."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            assert self._process.stdout is not None
            self._address = self._process.stdout.readline().strip()
            assert self._address, "the browser did not start"
        return self._address

    def close(self) -> None:
        if self._process is None:
            return
        try:
            self._process.communicate(timeout=20)  # its input ends, and so does it
        except subprocess.TimeoutExpired:
            _end(self._process)
            self._process.communicate()
        self._process = None


@pytest.fixture(scope="session")
def shared_browser(browser: str, node: str) -> Iterator[SharedBrowser]:
    """The browser of this worker."""
    shared = SharedBrowser(node, browser)
    yield shared
    shared.close()


@pytest.fixture
def story(shared_browser: SharedBrowser, node: str) -> Story:
    """Walk a story against a running program; each of `on_cue` gets the line that asks for it."""

    def walk(
        name: str,
        url: str,
        on_cue: Callable[[str], object] | Sequence[Callable[[str], object]] = (),
        *,
        file: str = "stories.mjs",
        **facts: object,
    ) -> dict[str, Any]:
        with subprocess.Popen(
            [node, str(HERE / file), name, url, shared_browser.address, json.dumps(facts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                out, complaints = _go_along(process, on_cue if isinstance(on_cue, Sequence) else (on_cue,))
            finally:
                _end(process)
        assert process.returncode == 0, complaints[-3000:]
        seen: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
        return seen

    return walk


def _go_along(process: subprocess.Popen[str], on_cue: Sequence[Callable[[str], object]]) -> tuple[str, str]:
    """Act on each line a story asks with; return what it said at its end and complained of."""
    assert process.stdin is not None
    assert process.stdout is not None
    for act in on_cue:
        line = process.stdout.readline()
        if not line:
            break  # it broke off before; why is among its complaints
        act(line)
        process.stdin.write("go\n")
        process.stdin.flush()
    return process.communicate(timeout=LONGEST_STORY_SECONDS)


@pytest.fixture(scope="module")
def desk(
    stack: RunningApp | None, tmp_path_factory: pytest.TempPathFactory, database_server: DatabaseServer
) -> Iterator[ServedApp]:
    """The application with its pages and nobody in it."""
    if stack is not None:
        yield from _served_by(stack)
        return
    url = database_server.new_database()
    with serve_app(tmp_path_factory.mktemp("desk"), url, frontend_dir=PROJECT / "frontend" / "out") as served:
        yield served


def _served_by(stack: RunningApp) -> Iterator[ServedApp]:
    """Several processes as the application in this one: their clock is the machine's."""
    people = people_of(stack)
    yield ServedApp(stack.url, settings_for(stack.data_dir), MovableClock(), people)
    people.close()


def told(person: Person) -> dict[str, str]:
    """Return what a story needs to know to sign somebody in."""
    return {"email": person.email, "password": person.password}


def new_account(url: str) -> dict[str, str]:
    """Make an account in a running program."""
    account = {"email": new_email(), "password": new_password()}
    httpx.post(f"{url}{AUTH}/register", json=account, timeout=30).raise_for_status()
    return account


account_at = cache(new_account)


def cookies_at(url: str) -> list[dict[str, str]]:
    """Sign in and return the cookies as a browser takes them; each story has a session of its own."""
    return cookies_of(url, account_at(url))


def cookies_of(url: str, account: dict[str, str]) -> list[dict[str, str]]:
    """Sign somebody in and return the cookies as a browser takes them."""
    return cookies_from(httpx.post(f"{url}{AUTH}/login", json=account, timeout=30).raise_for_status(), url)


def cookies_from(answer: httpx.Response, url: str) -> list[dict[str, str]]:
    """Return the cookies of an answer as a browser takes them."""
    return [
        {"name": name, "value": value, "url": f"{url}{AUTH}/" if name == "refresh-token" else url}
        for name, value in answer.cookies.items()
    ]


def unexpected(complaints: list[str], *expected: str) -> list[str]:
    """Return what the browser complained of, without the lines it writes for refusals that were meant."""
    return [each for each in complaints if not any(word in each for word in expected)]


def _end(process: subprocess.Popen[str]) -> None:
    """End the story's whole group, so that no browser outlives a failed one."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()
