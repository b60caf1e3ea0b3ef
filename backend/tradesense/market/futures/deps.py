"""Builds the futures services from what `run` put into the request's state."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from tradesense.market.futures.series import SeriesService
from tradesense.market.futures.service import FuturesService


async def futures_service(request: Request) -> FuturesService:
    """Return a service over `state.reader` and `state.specs`."""
    return FuturesService(request.state.reader, request.state.specs)


async def series_service(request: Request) -> SeriesService:
    """Return a service over `state.reader` and `state.specs`."""
    return SeriesService(request.state.reader, request.state.specs)


Futures = Annotated[FuturesService, Depends(futures_service)]
SeriesOfInstruments = Annotated[SeriesService, Depends(series_service)]
