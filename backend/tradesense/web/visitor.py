"""Where a request comes from: address, program, request id. For logs of what happened and for limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from tradesense.web.request_id import current_request_id

_LONGEST_USER_AGENT = 200


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who stands at the door, before it is known who they are."""

    ip: str
    user_agent: str
    request_id: str


async def current_visitor(request: Request) -> Visitor:
    """Return the request's visitor; the address is that of the peer, or what a trusted proxy says it is."""
    agent = "".join(
        character for character in request.headers.get("user-agent", "") if character.isprintable()
    )
    return Visitor(
        ip=request.client.host if request.client else "",
        user_agent=agent[:_LONGEST_USER_AGENT],
        request_id=current_request_id(),
    )


CurrentVisitor = Annotated[Visitor, Depends(current_visitor)]
