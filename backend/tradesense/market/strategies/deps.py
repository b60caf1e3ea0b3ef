"""How the route reaches its desk."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from tradesense.market.options import OptionsDesk
from tradesense.market.strategies.service import StrategiesDesk


async def strategies_desk(request: Request) -> StrategiesDesk:
    """Return a desk over what `run` put into the request's state."""
    state = request.state
    options = cast("OptionsDesk", state.options_desk)
    return StrategiesDesk(state.reader, state.specs, state.present, options, state.kept)


Desk = Annotated[StrategiesDesk, Depends(strategies_desk)]
