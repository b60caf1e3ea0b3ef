"""Every setting of the program, declared once: its environment variable, type, unit, default and bounds.

`.env.example` lists the same names. A value that can't be right stops the start, naming the variable
and never its value.
"""

from __future__ import annotations

from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PROJECT: Final = Path(__file__).resolve().parents[3]
_SHORTEST_SECRET_BYTES = 32
_WEAK_WORDS = ("changeme", "change-me", "change_me", "secret", "password", "example", "default")


class Environment(StrEnum):
    """Where the program runs; production refuses what is only convenient."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SettingsRefused(Exception):
    """Some settings can't be right; `problems` says which, by variable, without their values."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def _too_weak(secret: SecretStr | None) -> str | None:
    if secret is None:
        return None
    value = secret.get_secret_value()
    if len(value.encode()) < _SHORTEST_SECRET_BYTES:
        return f"needs at least {_SHORTEST_SECRET_BYTES} bytes"
    if len(set(value)) < 8 or any(word in value.lower() for word in _WEAK_WORDS):
        return "is too easy to guess"
    return None


class Settings(BaseSettings):
    """What can be set from outside, by environment variable or in `.env`."""

    model_config = SettingsConfigDict(
        env_file=PROJECT / ".env", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    environment: Environment = Field(
        Environment.DEVELOPMENT, description="`production` refuses weak secrets, plain http and debug output."
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="The port to listen on.")
    open_to_network: bool = Field(
        False,
        description="Allow a HOST that is not loopback. There is no login yet: who reaches it may use it.",
    )
    public_url: str | None = Field(
        None,
        description="The address people use, where it is not http://localhost:PORT; its host is accepted.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Other origins whose pages may read the API, as `http://localhost:3000`; comma list."
    )
    data_dir: Path = Field(
        PROJECT / ".data",
        validation_alias="TRADESENSE_DATA_DIR",
        description="The folder everything is kept in.",
    )
    frontend_dir: Path = Field(
        PROJECT / "frontend" / "out", description="The folder of the built pages; none are served if missing."
    )
    market_store_url: str | None = Field(
        None,
        description="Where market data is kept: `duckdb:///ABSOLUTE/FILE`. Default: in the data folder.",
    )
    market_store_memory_mb: int = Field(
        1024,
        ge=128,
        le=1_048_576,
        description="The memory DuckDB may take, in MiB; larger work spills to disk.",
    )
    market_store_threads: int = Field(2, ge=1, le=256, description="The threads DuckDB may use.")
    query_deadline_seconds: float = Field(
        5.0, gt=0, le=60, description="A query of the market store is interrupted after so many seconds."
    )
    assumed_rate: float = Field(
        0.04,
        ge=-0.05,
        le=0.25,
        description="The discount rate a year where option quotes imply none; answers state the one used.",
    )
    contract_specs: Path | None = Field(
        None, description="A TOML file declaring further contract specifications."
    )
    simulated: bool = Field(True, description="Run the simulated market.")
    simulated_seed: int = Field(
        1, ge=0, lt=2**32, description="Two runs with one seed simulate the same market."
    )
    cursor_signing_key: SecretStr | None = Field(
        None,
        description="Signs the cursors of lists; 32 bytes or more. Development makes and keeps one.",
    )
    metrics_token: SecretStr | None = Field(
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

    @field_validator("data_dir", "frontend_dir", "contract_specs")
    @classmethod
    def _make_absolute(cls, path: Path | None) -> Path | None:
        return path.expanduser().resolve() if path is not None else None

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("cors_origins")
    @classmethod
    def _check_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            parts = urlsplit(origin)
            if "*" in origin or parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
                raise PydanticCustomError("origin", "takes whole origins such as http://localhost:3000, no *")
        return origins

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, url: str | None) -> str | None:
        if url is not None and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise PydanticCustomError("url", "takes an address such as https://desk.example.org")
        return url

    @field_validator("market_store_url")
    @classmethod
    def _check_store_url(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith("duckdb:///"):
            raise PydanticCustomError("url", "takes duckdb:///ABSOLUTE/FILE")
        return url

    @field_validator("cursor_signing_key", "metrics_token")
    @classmethod
    def _check_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        weakness = _too_weak(secret)
        if weakness:
            raise PydanticCustomError("weak_secret", "{weakness}", {"weakness": weakness})
        return secret

    @model_validator(mode="after")
    def _check_together(self) -> Settings:
        problems = list(self._clashes())
        if problems:
            raise PydanticCustomError("clash", "{problems}", {"problems": "\n".join(problems)})
        return self

    def _clashes(self) -> list[str]:
        clashes = []
        if not self.open_to_network and not is_loopback(self.host):
            clashes.append(
                "HOST: is not a loopback address; there is no login yet (OPEN_TO_NETWORK=true allows it)"
            )
        if self.environment is Environment.PRODUCTION:
            if self.cursor_signing_key is None:
                clashes.append("CURSOR_SIGNING_KEY: is missing")
            if self.debug:
                clashes.append("DEBUG: must be off in production")
            if self.log_level == "debug":
                clashes.append("LOG_LEVEL: must not be debug in production")
            if self.public_url is not None and not self.public_url.startswith("https://"):
                clashes.append("PUBLIC_URL: must be https in production")
            if any(origin.startswith("http://") for origin in self.cors_origins):
                clashes.append("CORS_ORIGINS: must be https in production")
        keys = [key.get_secret_value() for key in (self.cursor_signing_key, self.metrics_token) if key]
        if len(set(keys)) < len(keys):
            clashes.append("METRICS_TOKEN: must differ from CURSOR_SIGNING_KEY")
        return clashes

    @property
    def serves_docs(self) -> bool:
        if self.docs_enabled is None:
            return self.environment is Environment.DEVELOPMENT
        return self.docs_enabled

    @property
    def market_store_file(self) -> Path:
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


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def load_settings() -> Settings:
    """Read the settings; raise `SettingsRefused` naming each variable that can't be right."""
    try:
        return Settings()
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
