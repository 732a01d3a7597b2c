"""Settings: what the environment says, checked once and frozen.

The only module that reads the environment. Options of a call (style, number of proposals …)
are not settings; they come with the call. docs/cli.md has the table, a test compares the two.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.faults import UsageFault

LogLevel = Literal["critical", "error", "warning", "info", "debug"]


#: Settings whose variables have their usual names, by field and by any of its aliases.
_USUAL_NAMES = {
    "port": "PORT",
    "yoji_port": "PORT",
    "offline": "HF_HUB_OFFLINE",
    "hf_hub_offline": "HF_HUB_OFFLINE",
}


def default_cache_dir() -> Path:
    """``$XDG_CACHE_HOME/yoji``, by default ``~/.cache/yoji``."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "yoji"


def _is_true(value: object) -> bool:
    """As huggingface_hub reads it."""
    return str(value).upper() in {"1", "ON", "YES", "TRUE"}


def _names(value: object) -> object:
    """ "a, b" → ("a", "b")."""
    if not isinstance(value, str):
        return value
    return tuple(name.strip() for name in value.split(",") if name.strip())


class Settings(BaseSettings):
    """Everything an operator may set, with the defaults a laptop wants."""

    model_config = SettingsConfigDict(env_prefix="YOJI_", frozen=True, extra="ignore")

    profile: str = Field("embedded", description="Profile: a shipped name or a TOML file's path.")
    cache_dir: Path = Field(
        default_factory=default_cache_dir, description="Where built checkpoints are kept."
    )
    device: str = Field("auto", description="`auto`, `cpu`, `cuda` or `cuda:N`.")
    threads: int = Field(
        0, ge=0, description="Threads a network computes with; 0 leaves it to the engine."
    )
    accept_licences: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)] = Field(
        (), description="Restricted licences you accept, by name, with commas between them."
    )
    offline: Annotated[bool, BeforeValidator(_is_true)] = Field(
        False,
        validation_alias=AliasChoices("HF_HUB_OFFLINE", "offline"),
        description="Let `yoji models pull` touch no network; nothing else ever does.",
    )
    remote_url: str = Field(
        "", description="Server that runs the models, in place of the profile's `endpoint.url`."
    )
    remote_model: str = Field(
        "", description="Model asked of that server, in place of the profile's."
    )
    remote_api_key: SecretStr = Field(
        SecretStr(""), description="Key sent to that server; never logged."
    )
    host: str = Field("127.0.0.1", description="Address `yoji serve` listens on.")
    port: int = Field(
        8000,
        ge=0,
        le=65535,
        validation_alias=AliasChoices("PORT", "YOJI_PORT"),
        description="Port `yoji serve` listens on; 0 picks a free one.",
    )
    log_level: LogLevel = Field(
        "warning",
        description="Least severe message that is logged; `yoji serve` begins at `info`.",
    )
    max_input_bytes: int = Field(
        4_194_304, ge=1, description="Largest file, standard input or HTTP body, in bytes."
    )
    max_input_characters: int = Field(
        200_000, ge=1, description="Longest single page or text, in characters."
    )
    max_texts: int = Field(64, ge=1, description="Most articles or texts in one HTTP request.")
    max_running_requests: int = Field(
        4, ge=1, description="HTTP requests that are computed at a time."
    )
    max_waiting_requests: int = Field(
        32, ge=0, description="HTTP requests that may wait for their turn; more get 429."
    )
    request_deadline_s: float = Field(
        600.0, gt=0, description="Longest an HTTP request may take, in seconds; then 504."
    )

    @classmethod
    def read(cls) -> Settings:
        """The settings of this environment; ``UsageFault`` names the variable that is wrong."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = variable_of(str(first["loc"][0]))
            raise UsageFault(f"{name}={first['input']!r}: {first['msg']}") from error


def variable_of(field: str) -> str:
    """The environment variable behind a field (``max_texts`` → ``YOJI_MAX_TEXTS``)."""
    return _USUAL_NAMES.get(field.lower(), f"YOJI_{field.upper()}")
