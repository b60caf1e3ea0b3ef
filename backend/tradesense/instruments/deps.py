"""Builds what the instrument routes need from what `run` put into the request's state."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from tradesense.instruments.service import InstrumentService
from tradesense.web.paging import CursorSigner


async def instrument_service(request: Request) -> InstrumentService:
    """Return a service over `state.instrument_catalogue`, `state.specs` and `state.clock`."""
    state = request.state
    return InstrumentService(state.instrument_catalogue, state.specs, state.clock)


async def cursor_signer(request: Request) -> CursorSigner:
    """Return `state.cursors`."""
    signer: CursorSigner = request.state.cursors
    return signer


Instruments = Annotated[InstrumentService, Depends(instrument_service)]
Cursors = Annotated[CursorSigner, Depends(cursor_signer)]
