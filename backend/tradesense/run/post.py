"""Opens the post office: the seal, the outbox that takes letters, and the loop that sends them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from tradesense.base.clock import Clock
from tradesense.base.sealing import Sealer
from tradesense.base.tasks import supervise
from tradesense.infra.database import Database
from tradesense.infra.mail import mail_transport
from tradesense.infra.sealing import AesSealer
from tradesense.run.keys import kept_key
from tradesense.run.settings import Settings
from tradesense.users.housekeeping import keep_tidy
from tradesense.users.letters import Letters
from tradesense.users.mailer import Mailer
from tradesense.users.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Post:
    """What others need to have mail sent."""

    sealer: Sealer
    outbox: Outbox


def make_sealer(settings: Settings) -> Sealer:
    """Return the seal of this installation; development makes and keeps its key."""
    secret = settings.encryption_key
    key = secret.get_secret_value().encode() if secret else kept_key(settings.data_dir, "encryption.key")
    return AesSealer(key)


@asynccontextmanager
async def open_post(settings: Settings, database: Database, clock: Clock) -> AsyncIterator[Post]:
    """Open the post office over the database, and close it again. Mail not sent by then waits there."""
    sealer = make_sealer(settings)
    url = settings.mail_url.get_secret_value() if settings.mail_url is not None else None
    transport = mail_transport(
        url, sender=settings.mail_from, clock=clock, default_folder=settings.data_dir / "outbox"
    )
    mailer = Mailer(database, transport, sealer, clock)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(supervise("mail", mailer.run))
        await stack.enter_async_context(supervise("housekeeping", partial(keep_tidy, database, clock)))
        yield Post(sealer, Outbox(sealer, clock, Letters(settings.page_address), mailer.wake))
