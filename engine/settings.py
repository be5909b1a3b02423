"""How this installation is set up: environment variables `JANJI_…` or one file, checked when the program starts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

HERE = Path(__file__).resolve().parent.parent
DEFAULT_SECRET = "only-for-trying-out"  # noqa: S105 refused in production below
_LEAST_SECRET = 32


class SettingsRefused(Exception):
    """The set-up is wrong; `problems` holds one sentence per mistake, naming the variable."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """One installation. Each field is `JANJI_<NAME>` in the environment or in the .env file `JANJI_FILE` names."""

    model_config = SettingsConfigDict(env_prefix="JANJI_", extra="forbid")

    environment: Literal["production", "development", "demo"] = "production"
    database_url: str = "sqlite:///data/janji.sqlite"
    folder: Path = Field(default=Path("data"), description="documents and signing keys live here")
    secret_key: SecretStr = SecretStr(DEFAULT_SECRET)
    base_url: str = "http://127.0.0.1:8000"
    processes: Path = HERE / "processes"
    forms: Path = HERE / "forms"
    smtp_host: str = ""
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: Literal["none", "starttls", "tls"] = "starttls"
    mail_from: str = ""
    gateway_url: str = ""
    gateway_token: SecretStr = SecretStr("")
    gateway_inbound_token: SecretStr = SecretStr("")
    sweep_every_s: int = Field(default=5, ge=1, le=300)
    threads: int = Field(default=8, ge=1, le=64)
    trusted_proxies: int = Field(default=0, ge=0, le=5, description="reverse proxies in front, whose word we take")
    upload_mb: int = Field(default=10, ge=1, le=100)
    field_days: int = Field(default=7, ge=1, le=30, description="days for which a phone keeps work taken along")
    signer: Literal["local", "bsre"] = "local"
    tile_url: str = Field(default="", description="https://…/{z}/{x}/{y}.png; empty: maps are a plain grid")
    tile_attribution: str = Field(default="", description="whom the tiles are from; an address in it becomes a link")

    @property
    def demo(self) -> bool:
        return self.environment == "demo"

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def key(self) -> bytes:
        """The city's key in bytes, for tokens and cookies."""
        return self.secret_key.get_secret_value().encode()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @field_validator("tile_url")
    @classmethod
    def _template_of_tiles(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("https", "http") or not parts.netloc or set(parts.netloc) & set(" ;,'\"")):
            raise ValueError("must be an address like https://tiles.example.go.id/{z}/{x}/{y}.png")
        if url and not all(part in parts.path + parts.query for part in ("{z}", "{x}", "{y}")):
            raise ValueError("must hold {z}, {x} and {y}, which a map replaces by the place of each tile")
        return url

    @model_validator(mode="after")
    def _tiles_say_whose_they_are(self) -> Settings:
        if self.tile_url and not self.tile_attribution:
            raise ValueError("JANJI_TILE_ATTRIBUTION is empty: say whom the tiles of JANJI_TILE_URL are from")
        return self

    @model_validator(mode="after")
    def _safe_in_production(self) -> Settings:
        if self.production and self.key.decode() == DEFAULT_SECRET:
            raise ValueError(
                "JANJI_SECRET_KEY is still the default: set a random text of at least 32 characters, for example from "
                "`python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`; keep it, links in old mails need it"
            )
        if self.production and len(self.key) < _LEAST_SECRET:
            raise ValueError(f"JANJI_SECRET_KEY is shorter than {_LEAST_SECRET} characters")
        if self.production and not self.base_url.startswith("https://") and "127.0.0.1" not in self.base_url:
            raise ValueError("JANJI_BASE_URL must begin with https:// in production: secret links travel in it")
        if self.signer == "bsre":
            raise ValueError("JANJI_SIGNER=bsre: the BSrE adapter is off until the city has credentials; use local")
        return self


def read_settings(**given: object) -> Settings:
    """Settings from `given`, the environment, then JANJI_FILE. Raises SettingsRefused with all mistakes."""
    try:
        return Settings(_env_file=os.environ.get("JANJI_FILE"), **given)  # type: ignore[call-arg, arg-type]
    except ValidationError as refused:
        raise SettingsRefused([_sentence(error["loc"], error["msg"]) for error in refused.errors()]) from None


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    text = message.removeprefix("Value error, ")
    return f"JANJI_{str(where[0]).upper()}: {text}" if where else text
