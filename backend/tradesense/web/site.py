"""Serves the built pages: a static export with extension-less addresses, a 404 page, a strict policy."""

from __future__ import annotations

import base64
import os
import re
import stat
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_UNCHANGING = "/_next/static/"
# A worker lives by the policy of its own script: it may load its parts and open the stream, nothing else.
_SCRIPT_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


class Site(StaticFiles):
    """A folder of pages. `/futures` is `futures.html`; what is nowhere is `404.html` with status 404.

    Files with a hash in their name may be kept for ever, pages are asked for anew. A page's content policy
    names its inline scripts by hash, so an injected one does not run.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self._policies: dict[Path, tuple[tuple[int, int], str]] = {}
        for path in folder.rglob("*.html"):
            self._policy_of(path.resolve(), path.stat())

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        for candidate in (path, f"{path}.html", os.path.join(path, "index.html")):  # noqa: PTH118 - a URL's path
            full_path, found = self._look_up(candidate)
            if found is not None and stat.S_ISREG(found.st_mode):
                return self._respond(Path(full_path), found, scope, 200)
        return self._not_found(scope)

    def _look_up(self, path: str) -> tuple[str, os.stat_result | None]:
        try:
            return self.lookup_path(path)
        except (ValueError, OSError):  # NUL in it, or longer than the file system takes
            return "", None

    def _policy_for(self, path: Path, found: os.stat_result) -> str | None:
        if path.suffix == ".js":
            return _SCRIPT_POLICY
        return self._policy_of(path, found) if path.suffix == ".html" else None

    def _policy_of(self, path: Path, found: os.stat_result) -> str:
        """Return the page's policy; read anew when the page was built anew under a running program."""
        version = (found.st_mtime_ns, found.st_size)
        known = self._policies.get(path)
        if known is None or known[0] != version:
            known = self._policies[path] = (version, content_policy(path.read_bytes()))
        return known[1]

    def _not_found(self, scope: Scope) -> Response:
        full_path, found = self._look_up("404.html")
        wants_page = "text/html" in Headers(scope=scope).get("accept", "")
        if found is None or not wants_page:
            raise HTTPException(404)
        return self._respond(Path(full_path), found, scope, 404)

    def _respond(self, path: Path, found: os.stat_result, scope: Scope, status: int) -> Response:
        response: Response = FileResponse(path, status_code=status, stat_result=found)
        keep = status == 200 and scope["path"].startswith(_UNCHANGING)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if keep else "no-cache"
        policy = self._policy_for(path, found)
        if policy is not None:
            response.headers["Content-Security-Policy"] = policy
        if status == 200 and self.is_not_modified(response.headers, Headers(scope=scope)):
            # Without the length: a server holds an answer without a body to it.
            response = NotModifiedResponse(response.headers)
            if policy is not None:
                response.headers["Content-Security-Policy"] = policy
        return response


def content_policy(page: bytes) -> str:
    """Return the policy of a page: scripts from here and its own inline ones, by hash."""
    hashes = sorted(
        f"'sha256-{base64.b64encode(sha256(script).digest()).decode()}'"
        for script in set(_INLINE_SCRIPT.findall(page))
        if script
    )
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *hashes)),
            # Charts and tables size themselves by style attributes.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
