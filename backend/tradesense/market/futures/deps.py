"""Builds the futures services from what `run` put into the request's state."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from tradesense.market.futures.series import SeriesService
from tradesense.market.futures.service import FuturesService
from tradesense.market.present import Present


async def futures_service(request: Request) -> FuturesService:
    """Return a service over `state.reader` and `state.specs`."""
    return FuturesService(request.state.reader, request.state.specs)


async def series_service(request: Request) -> SeriesService:
    """Return a service over `state.reader` and `state.specs`."""
    return SeriesService(request.state.reader, request.state.specs)


async def present(request: Request) -> Present:
    """Return what `run` put into the request's state as `present`."""
    return cast("Present", request.state.present)


PresentQuotes = Annotated[Present, Depends(present)]
Futures = Annotated[FuturesService, Depends(futures_service)]
SeriesOfInstruments = Annotated[SeriesService, Depends(series_service)]
