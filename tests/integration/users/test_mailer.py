"""R67: mail leaves at once, waits sealed while the server is away, and goes exactly once when it is back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.fixtures.smtp import SmtpServer
from tradesense.base.clock import FixedClock
from tradesense.base.errors import Invalid, Unavailable
from tradesense.base.mail import CarrierDown, Mail, MailTransport
from tradesense.base.tasks import supervise
from tradesense.infra.database import Database
from tradesense.infra.mail import mail_transport
from tradesense.infra.sealing import AesSealer
from tradesense.users import Letters, Outbox, Users
from tradesense.users.housekeeping import tidy_up
from tradesense.users.mailer import Mailer

NOW = datetime(2026, 3, 5, 9, 7, tzinfo=UTC)
SEALER = AesSealer(b"k" * 32)
FROM = "TradeSense <desk@example.org>"


@dataclass
class PostOffice:
    """The outbox and the mailer over one database."""

    database: Database
    clock: FixedClock
    mailer: Mailer
    outbox: Outbox

    async def write(self, to: str = "north@example.com", token: str = "secret-token") -> None:
        async with self.database.transaction() as session:
            self.outbox.queue(session, self.outbox.letters.reset_password(token), to=to, user_id=None)

    async def rows(self) -> list[dict[str, object]]:
        async with self.database.transaction() as session:
            found = await session.execute(text("SELECT * FROM mail_outbox ORDER BY created_at, id"))
            return [dict(row) for row in found.mappings()]


def _office(database: Database, transport: MailTransport, clock: FixedClock) -> PostOffice:
    mailer = Mailer(database, transport, SEALER, clock)
    outbox = Outbox(SEALER, clock, Letters("https://desk.example.org"), mailer.wake)
    return PostOffice(database, clock, mailer, outbox)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
async def smtp() -> AsyncIterator[SmtpServer]:
    server = SmtpServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def office(database: Database, smtp: SmtpServer, clock: FixedClock, tmp_path: Path) -> PostOffice:
    return _office(
        database, mail_transport(smtp.url, sender=FROM, clock=clock, default_folder=tmp_path), clock
    )


async def _until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        # What is waited for is a list in another task's hands; nothing tells of it.
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@asynccontextmanager
async def _running(office: PostOffice) -> AsyncIterator[None]:
    async with supervise("mail", office.mailer.run):
        yield


async def test_a_letter_leaves_as_soon_as_its_transaction_is_kept(
    office: PostOffice, smtp: SmtpServer
) -> None:
    async with _running(office):
        await office.write()
        # Sooner than the loop would look by itself.
        await _until(lambda: len(smtp.received) == 1, seconds=3)
    (mail,) = smtp.received
    assert mail["To"] == "north@example.com"
    assert mail["From"] == FROM
    assert "https://desk.example.org/reset-password#token=secret-token" in mail.get_content()
    assert "MAIL FROM:<desk@example.org>" in smtp.commands[1]


async def test_a_letter_of_an_undone_transaction_is_never_sent(office: PostOffice, smtp: SmtpServer) -> None:
    async def fail() -> None:
        async with office.database.transaction() as session:
            office.outbox.queue(
                session, office.outbox.letters.made_for_you(), to="north@example.com", user_id=None
            )
            raise Invalid("no")

    with pytest.raises(Invalid):
        await fail()
    assert await office.mailer.send_due() == 0
    assert smtp.received == []


async def test_while_the_server_is_away_mail_waits_and_then_goes_once(
    office: PostOffice, smtp: SmtpServer
) -> None:
    await smtp.stop()
    async with _running(office):
        for number in range(3):
            await office.write(f"p{number}@example.com")
        with pytest.raises(CarrierDown):
            await office.mailer.send_due()
        assert [row["sent_at"] for row in await office.rows()] == [None, None, None]
        await smtp.start()
        # The carrier has a mail a moment before the row says so.
        async with asyncio.timeout(60):
            while not all(row["sent_at"] for row in await office.rows()):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    assert await office.mailer.send_due() == 0
    assert sorted(mail["To"] for mail in smtp.received) == [f"p{number}@example.com" for number in range(3)]
    assert [row["attempts"] for row in await office.rows()] == [0, 0, 0]


async def test_nothing_of_a_mail_stands_in_the_clear_and_nothing_at_all_once_it_is_sent(
    office: PostOffice,
) -> None:
    await office.write(token="secret-token")
    (row,) = await office.rows()
    assert row["sealed"] is not None
    assert b"secret-token" not in bytes(row["sealed"])  # type: ignore[arg-type]  # a column of bytes
    assert "north@" not in str(row)
    await office.mailer.send_due()
    (row,) = await office.rows()
    assert row["sealed"] is None


async def test_mailers_side_by_side_send_each_mail_once(
    office: PostOffice, smtp: SmtpServer, database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    transport = mail_transport(smtp.url, sender=FROM, clock=clock, default_folder=tmp_path)
    others = [_office(database, transport, clock) for _ in range(3)]
    for number in range(12):
        await office.write(f"p{number}@example.com")
    sent = await asyncio.gather(*(each.mailer.send_due() for each in (office, *others)))
    assert sum(sent) == 12
    assert len({mail["To"] for mail in smtp.received}) == len(smtp.received) == 12


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "DATA"])
async def test_a_connection_that_breaks_before_the_mail_is_taken_is_tried_again(
    office: PostOffice, smtp: SmtpServer, command: str
) -> None:
    await office.write()
    smtp.hangs_up_at = command
    with pytest.raises(CarrierDown):
        await office.mailer.send_due()
    smtp.hangs_up_at = None
    assert await office.mailer.send_due() == 1
    assert len(smtp.received) == 1


async def test_a_server_that_ends_the_conversation_badly_still_has_the_mail(
    office: PostOffice, smtp: SmtpServer
) -> None:
    smtp.hangs_up_at = "QUIT"
    await office.write()
    assert await office.mailer.send_due() == 1
    assert await office.mailer.send_due() == 0
    assert len(smtp.received) == 1


async def test_a_mail_that_is_put_off_is_tried_again_later_and_given_up_in_the_end(
    office: PostOffice, smtp: SmtpServer, clock: FixedClock
) -> None:
    smtp.answers["RCPT"] = "450 later"
    await office.write("grey@example.com")
    assert await office.mailer.send_due() == 0
    (row,) = await office.rows()
    assert (row["attempts"], row["due_at"]) == (1, NOW + timedelta(minutes=1))
    tries = 1
    while (row := (await office.rows())[0])["given_up_at"] is None:
        due = row["due_at"]
        assert isinstance(due, datetime)
        assert due - clock.now() <= timedelta(hours=1)
        clock.move_to(due)
        await office.mailer.send_due()
        tries += 1
    assert tries == 12
    assert row["sealed"] is None
    assert smtp.received == []


async def test_a_mail_that_is_put_off_does_not_hold_up_the_others(
    office: PostOffice, smtp: SmtpServer
) -> None:
    smtp.answers["."] = "451 later"
    await office.write("grey@example.com")
    await office.mailer.send_due()
    del smtp.answers["."]
    await office.write("north@example.com")
    assert await office.mailer.send_due() == 1
    assert [mail["To"] for mail in smtp.received] == ["north@example.com"]


@pytest.mark.parametrize(
    ("command", "answer"), [("RCPT", "550 nobody"), (".", "554 spam"), ("DATA", "554 no")]
)
async def test_a_mail_that_is_refused_for_good_is_given_up(
    office: PostOffice, smtp: SmtpServer, command: str, answer: str
) -> None:
    smtp.answers[command] = answer
    await office.write()
    assert await office.mailer.send_due() == 0
    (row,) = await office.rows()
    assert row["given_up_at"] == NOW
    assert row["sealed"] is None


@pytest.mark.parametrize("command", ["MAIL", "EHLO", "AUTH"])
async def test_a_server_that_refuses_us_costs_no_mail(
    database: Database, smtp: SmtpServer, clock: FixedClock, tmp_path: Path, command: str
) -> None:
    url = smtp.url.replace("//", "//desk:p%40ss@")
    office = _office(database, mail_transport(url, sender=FROM, clock=clock, default_folder=tmp_path), clock)
    smtp.answers[command] = "535 not you"
    smtp.answers["HELO"] = "535 not you"
    await office.write()
    with pytest.raises(CarrierDown):
        await office.mailer.send_due()
    smtp.answers.clear()
    assert await office.mailer.send_due() == 1


async def test_a_mail_is_not_tried_for_ever_while_the_server_is_away(
    office: PostOffice, smtp: SmtpServer, clock: FixedClock
) -> None:
    await smtp.stop()
    await office.write()
    clock.move_to(NOW + timedelta(hours=49))
    with pytest.raises(CarrierDown):
        await office.mailer.send_due()
    assert (await office.rows())[0]["given_up_at"] is not None


async def test_a_mail_of_another_key_is_given_up_and_the_next_one_sent(
    office: PostOffice, smtp: SmtpServer
) -> None:
    other = Outbox(AesSealer(b"o" * 32), office.clock, office.outbox.letters, lambda: None)
    async with office.database.transaction() as session:
        other.queue(session, other.letters.made_for_you(), to="lost@example.com", user_id=None)
    await office.write()
    assert await office.mailer.send_due() == 1
    assert [mail["To"] for mail in smtp.received] == ["north@example.com"]


class _Flickering:
    """The database, away for the next few transactions once something was sent."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.away = 0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[object]:
        if self.away:
            self.away -= 1
            raise Unavailable("away")
        async with self._database.transaction() as session:
            yield session


async def test_a_mail_sent_while_the_database_went_away_is_not_sent_again(
    database: Database, clock: FixedClock
) -> None:
    flickering = _Flickering(database)
    sent: list[Mail] = []

    class Carrier:
        async def send(self, mail: Mail) -> None:
            sent.append(mail)
            flickering.away = 2

    mailer = Mailer(flickering, Carrier(), SEALER, clock)  # type: ignore[arg-type]  # yields what the real one does
    outbox = Outbox(SEALER, clock, Letters("http://localhost"), mailer.wake)
    async with database.transaction() as session:
        outbox.queue(session, outbox.letters.made_for_you(), to="north@example.com", user_id=None)
    assert await mailer.send_due() == 1
    clock.move_to(NOW + timedelta(hours=1))
    assert await mailer.send_due() == 0
    assert len(sent) == 1


async def test_a_mailer_that_died_with_a_mail_in_its_hands_leaves_it_to_the_next(
    office: PostOffice, smtp: SmtpServer, clock: FixedClock
) -> None:
    class Dying:
        async def send(self, mail: Mail) -> None:
            raise KeyboardInterrupt

    await office.write()
    with pytest.raises(KeyboardInterrupt):
        await Mailer(office.database, Dying(), SEALER, clock).send_due()
    assert await office.mailer.send_due() == 0
    clock.move_to(NOW + timedelta(minutes=5))
    assert await office.mailer.send_due() == 1
    assert len(smtp.received) == 1


async def test_sent_mail_is_swept_away_after_a_month(office: PostOffice, clock: FixedClock) -> None:
    await office.write()
    await office.mailer.send_due()
    clock.move_to(NOW + timedelta(days=29))
    await office.write()
    await tidy_up(office.database, clock)
    assert len(await office.rows()) == 2
    clock.move_to(NOW + timedelta(days=31))
    await tidy_up(office.database, clock)
    (left,) = await office.rows()
    assert left["sent_at"] is None


async def test_files_hold_one_mail_each_for_their_owner_only(
    database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    folder = tmp_path / "outbox"
    office = _office(database, mail_transport(None, sender=FROM, clock=clock, default_folder=folder), clock)
    await office.write("north@example.com")
    await office.write("south@example.com")
    assert await office.mailer.send_due() == 2
    files = sorted(folder.iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    assert [oct(path.stat().st_mode & 0o777) for path in files] == ["0o600", "0o600"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(b"#token=secret-token" in path.read_bytes() for path in files)


async def test_a_folder_that_cant_be_written_keeps_the_mail_waiting(
    database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    transport = mail_transport(None, sender=FROM, clock=clock, default_folder=tmp_path / "file" / "outbox")
    office = _office(database, transport, clock)
    await office.write()
    with pytest.raises(CarrierDown):
        await office.mailer.send_due()
    assert (await office.rows())[0]["sent_at"] is None


async def test_an_account_that_goes_takes_its_waiting_mail_along(
    office: PostOffice, smtp: SmtpServer
) -> None:
    async with office.database.transaction() as session:
        user = await Users(session, office.clock).create("north@example.com", password_hash=None)
        office.outbox.queue(session, office.outbox.letters.made_for_you(), to=user.email, user_id=user.id)
    async with office.database.transaction() as session:
        await Users(session, office.clock).delete(user.id)
        office.outbox.queue(session, office.outbox.letters.deleted(NOW), to=user.email, user_id=None)
    assert await office.mailer.send_due() == 1
    assert [mail["Subject"] for mail in smtp.received] == ["Your account was deleted"]
