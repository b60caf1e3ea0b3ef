"""Every setting of the program, declared once: its environment variable, type, unit, default and bounds.

`.env.example` lists the same names. A value that can't be right stops the start, naming the variable
and never its value.
"""

from __future__ import annotations

from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from tradesense.infra.store_lock import LAKE_LOCK
from tradesense.run.setting_checks import (
    DatabaseUrl,
    FeedNames,
    Folder,
    MailUrl,
    Networks,
    Origins,
    RedisUrl,
    ReplayText,
    Secret,
    Secrets,
    Sender,
    StoreUrl,
    VenueUrl,
    WebAddress,
)

PROJECT: Final = Path(__file__).resolve().parents[3]

_KEYS_OF_PRODUCTION = (
    "jwt_signing_key",
    "csrf_key",
    "token_hash_key",
    "encryption_key",
    "cursor_signing_key",
)
_SECRETS = (*_KEYS_OF_PRODUCTION, "metrics_token")


class Environment(StrEnum):
    """Where the program runs; production refuses what is only convenient."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Role(StrEnum):
    """What a process does: all of it, or one part beside other processes."""

    ALL = "all"
    API = "api"
    FEED = "feed"


class SettingsRefused(Exception):
    """Some settings can't be right; `problems` says which, by variable, without their values."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """What can be set from outside, by environment variable or in `.env`."""

    model_config = SettingsConfigDict(
        env_file=PROJECT / ".env", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    environment: Environment = Field(
        Environment.DEVELOPMENT, description="`production` refuses weak secrets, plain http and debug output."
    )
    role: Role = Field(
        Role.ALL,
        description="`all`; or beside other processes `api`, which answers, or `feed`, which runs the feeds.",
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="The port to listen on.")
    open_to_network: bool = Field(
        False,
        description="Allow a HOST that is not loopback. Without TLS in front, passwords travel in the clear.",
    )
    public_url: WebAddress | None = Field(
        None,
        description="The address people use, if not http://localhost:PORT; needed in production.",
    )
    cors_origins: Origins = Field(
        (), description="Other origins whose pages may read the API, as `http://localhost:3000`; comma list."
    )
    data_dir: Folder = Field(
        PROJECT / ".data",
        validation_alias="TRADESENSE_DATA_DIR",
        description="The folder everything is kept in.",
    )
    frontend_dir: Folder = Field(
        PROJECT / "frontend" / "out", description="The folder of the built pages; none are served if missing."
    )
    market_store_url: StoreUrl | None = Field(
        None,
        description="Where market data is kept: `duckdb:///FILE` or `ducklake:///FOLDER`, an absolute path.",
    )
    market_catalog_url: DatabaseUrl | None = Field(
        None,
        description="For ducklake: an empty database of the catalog's own, `postgresql://OWNER:PASSWORD@HOST/NAME`.",
    )
    market_store_memory_mb: int = Field(
        1024,
        ge=128,
        le=1_048_576,
        description="The memory DuckDB may take, in MiB; larger work spills to disk.",
    )
    market_store_threads: int = Field(2, ge=1, le=256, description="The threads DuckDB may use.")
    market_store_log_mb: int = Field(
        16,
        ge=1,
        le=1024,
        description="DuckDB's log is folded into its file at so many MiB; a crash leaves no more to read.",
    )
    market_store_least_free_percent: float = Field(
        10,
        ge=0,
        le=50,
        description="Nothing is recorded when less of the disk is free, and less than 20 GiB; 0: always.",
    )
    query_deadline_seconds: float = Field(
        5.0, gt=0, le=60, description="A query of the market store is interrupted after so many seconds."
    )
    assumed_rate: float = Field(
        0.04,
        ge=-0.05,
        le=0.25,
        description="The discount rate a year where option quotes imply none; answers state the one used.",
    )
    contract_specs: Folder | None = Field(
        None, description="A TOML file declaring further contract specifications."
    )
    database_url: DatabaseUrl | None = Field(
        None,
        description="Where people are kept: `postgresql://USER:PASSWORD@HOST/NAME`. Default: our own server.",
    )
    database_owner_url: DatabaseUrl | None = Field(
        None,
        description="The same database as the owner of its tables, for migrations. Default: DATABASE_URL.",
    )
    database_pool_size: int = Field(20, ge=1, le=200, description="Connections kept open to the database.")
    database_pool_overflow: int = Field(
        40, ge=0, le=400, description="Connections beyond those, opened and closed as needed."
    )
    redis_url: RedisUrl | None = Field(
        None,
        description="What processes share for a moment: `redis://HOST:6379/0`. Default: in memory.",
    )
    record_options_seconds: float = Field(
        10.0, ge=1, le=60, description="Of each option a venue quotes, one quote in so many seconds is kept."
    )
    retention_dense_hours: int = Field(
        24, ge=1, le=8760, description="Every quote of a venue is kept so many hours, then one a minute."
    )
    retention_days: int = Field(
        30, ge=1, le=3660, description="Quotes of a venue are kept so many days; minute bars stay."
    )
    retention_second_bars_days: int = Field(
        2, ge=1, le=366, description="Bars of one second made of a venue's quotes are kept so many days."
    )
    live_beat_ms: int = Field(
        500, ge=50, le=5_000, description="Live views are looked at again every so many milliseconds."
    )
    feeds: FeedNames = Field(
        ("simulated",),
        description="The feeds that run until somebody says otherwise: simulated, deribit, or `none`.",
    )
    deribit_url: VenueUrl = Field(
        "wss://www.deribit.com/ws/api/v2", description="Where the feed `deribit` connects to, once it is on."
    )
    replay: ReplayText | None = Field(
        None,
        description="A recorded day to play as if it were now, as `lean/ES:2020-01-06:100` (times as fast).",
    )
    simulated_seed: int = Field(
        1, ge=0, lt=2**32, description="Two runs with one seed simulate the same market."
    )
    stream_heartbeat_seconds: float = Field(
        5.0, ge=0.2, le=10, description="Every client of the stream hears of us every so many seconds."
    )
    stream_sockets_per_user: int = Field(
        20, ge=1, le=100_000, description="Connections to the stream that one person may have at once."
    )
    jwt_signing_key: Secret | None = Field(
        None, description="Signs access tokens; 32 bytes or more. Development makes and keeps one."
    )
    jwt_former_keys: Secrets = Field(
        (), description="Keys whose access tokens are still accepted, after a change of key; comma list."
    )
    csrf_key: Secret | None = Field(
        None, description="Binds CSRF tokens to sessions; 32 bytes or more. Development makes and keeps one."
    )
    token_hash_key: Secret | None = Field(
        None,
        description="Hashes refresh tokens, API keys and mailed links; as above. Changing it ends them all.",
    )
    encryption_key: Secret | None = Field(
        None, description="Seals TOTP seeds and mail waiting to be sent; as above. Losing it loses them."
    )
    access_token_seconds: int = Field(
        900, ge=5, le=900, description="An access token lives so many seconds; then it is refreshed."
    )
    session_hours: int = Field(
        168, ge=1, le=168, description="Signing in lasts so many hours, however often it is refreshed."
    )
    session_idle_hours: int = Field(
        72, ge=1, le=168, description="A session that nobody used for so many hours ends."
    )
    registration_open: bool = Field(True, description="Let people make accounts for themselves.")
    require_email_verification: bool = Field(
        False, description="An account works once its e-mail address is confirmed."
    )
    password_min_length: int = Field(12, ge=8, le=64, description="The fewest characters of a password.")
    password_hash_rounds: int = Field(
        12, ge=4, le=16, description="The cost of a password hash, as a power of two; production: 12 or more."
    )
    password_breach_check: bool = Field(
        False, description="Ask haveibeenpwned.com about new passwords, by the first 5 characters of a hash."
    )
    mail_url: MailUrl | None = Field(
        None,
        description="`smtp://USER:PASSWORD@HOST:587` (TLS; `?tls=off`: none), `file:FOLDER` or `console:`.",
    )
    mail_from: Sender = Field("TradeSense <desk@localhost>", description="Who mail is from.")
    rate_limit_per_minute: int = Field(
        100, ge=1, le=1_000_000, description="Requests a minute to the API, for each person."
    )
    auth_rate_limit_per_minute: int = Field(
        5,
        ge=1,
        le=1_000_000,
        description="Attempts a minute to sign in, register or reset, for each address and each account.",
    )
    refresh_rate_limit_per_minute: int = Field(
        30, ge=1, le=1_000_000, description="Refreshes a minute, for each session."
    )
    trusted_proxies: Networks = Field(
        (),
        description="Addresses or networks whose X-Forwarded-For is believed, as 10.0.0.0/8; comma list.",
    )
    cursor_signing_key: Secret | None = Field(
        None,
        description="Signs the cursors of lists; 32 bytes or more. Development makes and keeps one.",
    )
    metrics_token: Secret | None = Field(
        None,
        description="Lets other machines read /metrics as `Authorization: Bearer TOKEN`; 32 bytes or more.",
    )
    docs_enabled: bool | None = Field(
        None, description="Serve /docs and /openapi.json. Default: yes in development, no in production."
    )
    debug: bool = Field(False, description="Log at level debug; not in production.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least level logged."
    )

    @model_validator(mode="after")
    def _check_together(self) -> Settings:
        problems = list(self._clashes())
        if problems:
            raise PydanticCustomError("clash", "{problems}", {"problems": "\n".join(problems)})
        return self

    def _clashes(self) -> list[str]:
        clashes = []
        if not self.open_to_network and not is_loopback(self.host):
            clashes.append("HOST: is not a loopback address (OPEN_TO_NETWORK=true allows it, behind TLS)")
        if self.market_lake is not None and self.market_catalog_url is None:
            clashes.append("MARKET_CATALOG_URL: is missing, and MARKET_STORE_URL names a lake")
        clashes += self._clashes_of_role()
        if self.environment is Environment.PRODUCTION:
            clashes += [
                f"{name.upper()}: is missing" for name in _KEYS_OF_PRODUCTION if not getattr(self, name)
            ]
            if self.password_hash_rounds < 12:
                clashes.append("PASSWORD_HASH_ROUNDS: must be 12 or more in production")
            if self.mail_url is None or not self.mail_url.get_secret_value().startswith(("smtp:", "smtps:")):
                clashes.append("MAIL_URL: must be smtp://... in production")
            if self.debug:
                clashes.append("DEBUG: must be off in production")
            if self.log_level == "debug":
                clashes.append("LOG_LEVEL: must not be debug in production")
            if self.public_url is None:
                clashes.append("PUBLIC_URL: is missing")
            elif not self.public_url.startswith("https://"):
                clashes.append("PUBLIC_URL: must be https in production")
            if any(origin.startswith("http://") for origin in self.cors_origins):
                clashes.append("CORS_ORIGINS: must be https in production")
        return [*clashes, *self._repeated_secrets()]

    def _clashes_of_role(self) -> list[str]:
        """Return what several processes need, because they share it, and was not given."""
        if self.role is Role.ALL:
            return []
        needed = ["database_url", "redis_url"]
        if self.environment is not Environment.PRODUCTION:
            needed += _KEYS_OF_PRODUCTION
        missing = [f"{name.upper()}: is missing" for name in needed if not getattr(self, name)]
        if self.market_lake is None:
            missing.append("MARKET_STORE_URL: must be ducklake:///FOLDER")
        return [f"{each}, and ROLE is {self.role}" for each in missing]

    def _repeated_secrets(self) -> list[str]:
        clashes = []
        first_with: dict[str, str] = {}
        for name in _SECRETS:
            secret: SecretStr | None = getattr(self, name)
            if secret is None:
                continue
            former = first_with.setdefault(secret.get_secret_value(), name)
            if former != name:
                clashes.append(f"{name.upper()}: must differ from {former.upper()}")
        return clashes

    @property
    def serves_docs(self) -> bool:
        if self.docs_enabled is None:
            return self.environment is Environment.DEVELOPMENT
        return self.docs_enabled

    @property
    def runs_feeds(self) -> bool:
        """Whether this process runs the feeds and writes the market store."""
        return self.role is not Role.API

    @property
    def answers_people(self) -> bool:
        """Whether this process answers all of the API, and the stream."""
        return self.role is not Role.FEED

    @property
    def page_address(self) -> str:
        """The address that links in mails lead to."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def has_secure_cookies(self) -> bool:
        return self.environment is Environment.PRODUCTION or self.page_address.startswith("https://")

    @property
    def market_lake(self) -> Path | None:
        """The folder of a DuckLake, where market data is kept in one."""
        url = self.market_store_url or ""
        return Path(url.removeprefix("ducklake://")) if url.startswith("ducklake:") else None

    @property
    def market_store_file(self) -> Path:
        """The file that the owner of the market store has locked."""
        if self.market_lake is not None:
            return self.market_lake / LAKE_LOCK
        if self.market_store_url is None:
            return self.data_dir / "market.duckdb"
        return Path(self.market_store_url.removeprefix("duckdb://"))

    @property
    def accepted_hosts(self) -> frozenset[str]:
        """The host names a request may be addressed to; anything else is another site's name for us."""
        named = {self.host.lower(), "localhost", "127.0.0.1", "::1"}
        if self.public_url is not None:
            named.add(urlsplit(self.public_url).hostname or "")
        return frozenset(named)

    @property
    def accepted_origins(self) -> frozenset[str]:
        """The origins whose pages may change something here: our own and those in CORS_ORIGINS."""
        own = urlsplit(self.page_address)
        return frozenset({f"{own.scheme}://{own.netloc}".lower(), *self.cors_origins})


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def load_settings(**given: Any) -> Settings:
    """Read the settings, those `given` before the environment's; raise `SettingsRefused` naming each that
    can't be right."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsRefused(_named_problems(error)) from None


def variable_of(field: str) -> str:
    """Return the environment variable of a field."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else field.upper()


def _named_problems(error: ValidationError) -> list[str]:
    problems: list[str] = []
    for item in error.errors(include_input=False, include_url=False):
        if item["type"] == "clash":
            problems.extend(item["msg"].splitlines())
        else:
            name = str(item["loc"][0])
            variable = variable_of(name) if name in Settings.model_fields else name
            problems.append(f"{variable}: {item['msg'][0].lower()}{item['msg'][1:]}")
    return problems
