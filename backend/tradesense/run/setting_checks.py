"""What single settings have to look like: types that refuse a value with words that don't repeat it."""

from __future__ import annotations

from email.utils import getaddresses
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_core import PydanticCustomError
from pydantic_settings import NoDecode

_SHORTEST_SECRET_BYTES: Final = 32
_FEWEST_CHARACTERS: Final = 8
_WEAK_WORDS: Final = ("changeme", "change-me", "change_me", "secret", "password", "example", "default")


def _absolute(path: Path) -> Path:
    return path.expanduser().resolve()


def _strong(secret: SecretStr) -> SecretStr:
    value = secret.get_secret_value()
    if len(value.encode()) < _SHORTEST_SECRET_BYTES:
        raise PydanticCustomError("weak_secret", f"needs at least {_SHORTEST_SECRET_BYTES} bytes")
    if len(set(value)) < _FEWEST_CHARACTERS or any(word in value.lower() for word in _WEAK_WORDS):
        raise PydanticCustomError("weak_secret", "is too easy to guess")
    return secret


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _whole_origin(origin: str) -> str:
    parts = urlsplit(origin)
    if "*" in origin or parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        raise PydanticCustomError("origin", "takes whole origins such as http://localhost:3000, no *")
    return origin


def _web_address(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise PydanticCustomError("url", "takes an address such as https://desk.example.org")
    return url


def _network(text: str) -> str:
    try:
        ip_network(text, strict=False)
    except ValueError:
        message = "takes addresses or networks such as 10.0.0.0/8"
        raise PydanticCustomError("network", message) from None
    return text


def _postgresql(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith("postgresql://"):
        raise PydanticCustomError("url", "takes postgresql://USER:PASSWORD@HOST/NAME")
    return url


def _duckdb(url: str) -> str:
    if not url.startswith(("duckdb:///", "ducklake:///")):
        raise PydanticCustomError("url", "takes duckdb:///ABSOLUTE/FILE or ducklake:///ABSOLUTE/FOLDER")
    return url


def _way_of_mail(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in ("smtp", "smtps", "file", "console"):
        raise PydanticCustomError("url", "takes smtp://USER:PASSWORD@HOST:587, file:FOLDER or console:")
    if parts.scheme.startswith("smtp"):
        try:
            has_port = parts.port is None or parts.port > 0
        except ValueError:
            has_port = False
        plain = parts.query in ("", "tls=off") and parts.path in ("", "/")
        if not (parts.hostname and has_port and plain):
            message = "takes smtp://USER:PASSWORD@HOST:587, with no more than ?tls=off"
            raise PydanticCustomError("url", message)
    return url


def _redis(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme == "unix":
        fits = len(parts.path) > 1
    else:
        number = parts.path.removeprefix("/")
        fits = bool(parts.scheme in ("redis", "rediss") and parts.hostname and port != 0)
        fits = fits and (not number or (number.isascii() and number.isdigit()))
    if not fits or parts.query or parts.fragment:
        message = "takes redis://USER:PASSWORD@HOST:6379/0, rediss:// for TLS, or unix:///SOCKET"
        raise PydanticCustomError("url", message)
    return url


def _sender(sender: str) -> str:
    addresses = [address for _, address in getaddresses([sender])]
    if not sender.isprintable() or len(addresses) != 1 or not all(addresses[0].partition("@")):
        raise PydanticCustomError("address", "takes an address such as TradeSense <desk@example.org>")
    return sender


def _feed_names(value: object) -> object:
    names = _split(value)
    return () if names == ("none",) else names


def _venue(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("ws", "wss") or not parts.hostname or parts.username or parts.query:
        raise PydanticCustomError("venue", "takes an address such as wss://HOST/PATH")
    return value


def _replay(text: str) -> str:
    # Imported here: what plays it takes long to import, and most runs play nothing.
    from tradesense.base.errors import AppError
    from tradesense.feeds.replay import ReplayWish

    try:
        ReplayWish.parse(text)
    except AppError as error:
        raise PydanticCustomError("replay", "{problem}", {"problem": error.detail}) from None
    return text


Folder = Annotated[Path, AfterValidator(_absolute)]
Secret = Annotated[SecretStr, AfterValidator(_strong)]
Secrets = Annotated[tuple[Secret, ...], NoDecode, BeforeValidator(_split)]
FeedNames = Annotated[tuple[Literal["simulated", "deribit"], ...], NoDecode, BeforeValidator(_feed_names)]
ReplayText = Annotated[str, AfterValidator(_replay)]
VenueUrl = Annotated[str, AfterValidator(_venue)]
Origins = Annotated[
    tuple[Annotated[str, AfterValidator(_whole_origin)], ...], NoDecode, BeforeValidator(_split)
]
Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, BeforeValidator(_split)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_postgresql)]
RedisUrl = Annotated[SecretStr, AfterValidator(_redis)]
StoreUrl = Annotated[str, AfterValidator(_duckdb)]
MailUrl = Annotated[SecretStr, AfterValidator(_way_of_mail)]
Sender = Annotated[str, AfterValidator(_sender)]
