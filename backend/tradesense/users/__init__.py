"""People: accounts, roles, preferences, the mail they get, and the log of what happened to them."""

from tradesense.users.addresses import EmailText, email_key
from tradesense.users.audit import Event, record
from tradesense.users.deps import CurrentOutbox, CurrentPreferences, CurrentUsers
from tradesense.users.errors import EmailTaken, LastAdmin, UnknownUser
from tradesense.users.idempotency import CallOnce, Idempotency
from tradesense.users.letters import Letter, Letters
from tradesense.users.models import AuditEvent, User
from tradesense.users.outbox import Outbox
from tradesense.users.preferences import PreferencesService
from tradesense.users.repository import UserQuery
from tradesense.users.schemas import AuditItem, FullName, Strict, UserChange, UserItem, UserOut
from tradesense.users.service import Users, audit_item, user_item, user_out
from tradesense.users.strategy_repository import StrategyRepository
from tradesense.users.strategy_schemas import StrategyOut, strategy_out
from tradesense.users.values import Address, Role, Status
from tradesense.users.watchlist_repository import WatchlistRepository
from tradesense.users.watchlist_schemas import WatchlistOut, watchlist_out

__all__ = [
    "Address",
    "AuditEvent",
    "AuditItem",
    "CallOnce",
    "CurrentOutbox",
    "CurrentPreferences",
    "CurrentUsers",
    "EmailTaken",
    "EmailText",
    "Event",
    "FullName",
    "Idempotency",
    "LastAdmin",
    "Letter",
    "Letters",
    "Outbox",
    "PreferencesService",
    "Role",
    "Status",
    "StrategyOut",
    "StrategyRepository",
    "Strict",
    "UnknownUser",
    "User",
    "UserChange",
    "UserItem",
    "UserOut",
    "UserQuery",
    "Users",
    "WatchlistOut",
    "WatchlistRepository",
    "audit_item",
    "email_key",
    "record",
    "strategy_out",
    "user_item",
    "user_out",
    "watchlist_out",
]
