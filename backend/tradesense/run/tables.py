"""Every table of the database of people, in one place: what the migrations are compared with."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from tradesense.auth import models as _credentials
from tradesense.run import feed_models as _feeds
from tradesense.users import models as _people
from tradesense.users import strategy_models as _strategies

ROOMS = (_people, _strategies, _credentials, _feeds)
"""The modules whose tables there are; importing them is what declares the tables."""

METADATA: MetaData = SQLModel.metadata
