"""Reads a question once: FastAPI reads and checks the parameters of every request anew, which takes longer
than answering it from kept bytes.

What a route and its dependencies are called with follows from the path and the query alone, so the same
address means the same arguments. Dependencies are still called for every request; who calls is still
checked before. A question that is wrong is not kept, and the framework answers it.
"""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Self, get_type_hints

from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_params_to_args
from starlette.requests import Request
from starlette.responses import Response

_MOST_KEPT: Final = 256
_LONGEST_KEPT: Final = 1024
"""Characters of path and query; a longer question is read anew each time."""

Arguments = tuple[dict[str, Any], ...]


class KeptArguments:
    """Calls one route's function with the arguments of its address, read the first time.

    The newest 256 addresses are kept.
    """

    def __init__(self, root: _Called) -> None:
        self._root = root
        self._kept: OrderedDict[tuple[str, bytes], Arguments] = OrderedDict()

    @classmethod
    def of(cls, dependant: Dependant) -> Self | None:
        """Return this for a route, or None where more than the address says what it is called with."""
        if dependant.call is None or get_type_hints(dependant.call).get("return") is not Response:
            return None
        root = _Called.of(dependant)
        return None if root is None else cls(root)

    async def answer(self, request: Request) -> Response | None:
        """Return the route's answer, or None where the question is wrong: the framework says how."""
        scope = request.scope
        address = (scope["path"], scope["query_string"])
        arguments = self._kept.get(address)
        if arguments is None:
            arguments = self._root.read(request)
            if arguments is None:
                return None
            self._keep(address, arguments)
        response: Response = await self._root.call(request, iter(arguments).__next__)
        return response

    def _keep(self, address: tuple[str, bytes], arguments: Arguments) -> None:
        if len(address[0]) + len(address[1]) > _LONGEST_KEPT:
            return
        self._kept[address] = arguments
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)


@dataclass(frozen=True, slots=True)
class _Called:
    """A function of a route, its own or a dependency's, and what has to be called before it."""

    dependant: Dependant
    function: Callable[..., Awaitable[Any]]
    request_name: str | None
    before: tuple[tuple[str | None, _Called], ...]

    @classmethod
    def of(cls, dependant: Dependant) -> _Called | None:
        function = dependant.call
        if function is None or not inspect.iscoroutinefunction(function) or _needs_more(dependant):
            return None
        before = [(each.name, cls.of(each)) for each in dependant.dependencies]
        known = tuple((name, each) for name, each in before if each is not None)
        if len(known) < len(before):
            return None
        return cls(dependant, function, dependant.request_param_name, known)

    def read(self, request: Request) -> Arguments | None:
        """Return the arguments of this function, then of those called before it; None where one is wrong."""
        path, wrong_path = request_params_to_args(self.dependant.path_params, request.path_params)
        query, wrong_query = request_params_to_args(self.dependant.query_params, request.query_params)
        if wrong_path or wrong_query:
            return None
        arguments: Arguments = ({**path, **query},)
        for _, each in self.before:
            more = each.read(request)
            if more is None:
                return None
            arguments += more
        return arguments

    async def call(self, request: Request, next_arguments: Callable[[], dict[str, Any]]) -> Any:
        """Call what comes before, then this."""
        values = dict(next_arguments())
        if self.request_name is not None:
            values[self.request_name] = request
        for name, each in self.before:
            found = await each.call(request, next_arguments)
            if name is not None:
                values[name] = found
        return await self.function(**values)


def _needs_more(dependant: Dependant) -> bool:
    """Whether it is called with more than path, query and the request itself."""
    return bool(
        dependant.header_params
        or dependant.cookie_params
        or dependant.body_params
        or dependant.websocket_param_name
        or dependant.http_connection_param_name
        or dependant.response_param_name
        or dependant.background_tasks_param_name
        or dependant.security_scopes_param_name
        or dependant.concurrency
    )
