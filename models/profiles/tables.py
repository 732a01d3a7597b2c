"""The tables of a profile's TOML file: which keys there are, their types and their bounds.

What must fit together between tables, and what becomes of them, is ``schema``'s.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from models.generation.endpoint import Api
from models.generation.feeding import Architecture
from models.profiles.profile import Engine, Source


def _with_text(template: str) -> str:
    if template.count("{text}") != 1:
        raise ValueError("a prompt must contain {text} exactly once")
    if template.count("{draft}") > 1:
        raise ValueError("a prompt may contain {draft} once")
    return template


Token = Annotated[str, Field(min_length=1)]
Prompt = Annotated[str, AfterValidator(_with_text)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LicenceTable(_Table):
    """``[checkpoints.NAME.licence]``."""

    name: str = Field(min_length=1)
    url: str = Field(pattern=r"^https://")
    commercial: bool
    accept: bool = False
    note: str = ""
    excludes: list[str] = []


class CheckpointTable(_Table):
    """``[checkpoints.NAME]``."""

    source: Source
    id: str = Field(min_length=1)
    revision: str | None = Field(default=None, min_length=1)
    licence: LicenceTable
    file: str | None = Field(default=None, min_length=1)
    size_bytes: int | None = Field(default=None, ge=1)
    tokenizer: str | None = None
    kept_tokens: str | None = None
    adapters: list[str] = []


class ChatTable(_Table):
    """``[TASK.feeding.chat]``; being there, even empty, asks for the checkpoint's chat template."""

    system: str | None = Field(default=None, min_length=1)
    user_fields: dict[str, Any] = {}
    template_options: dict[str, Any] = {}


class FeedingTable(_Table):
    """``[TASK.feeding]``."""

    architecture: Architecture = "decoder"
    before: list[Token] = []
    after: list[Token] = []
    target_before: list[Token] = []
    end: list[Token] = []
    chat: ChatTable | None = None

    @model_validator(mode="after")
    def _template_has_all(self) -> FeedingTable:
        if self.chat and (self.architecture != "decoder" or self.before or self.after):
            raise ValueError(
                "feeding.chat is for decoders, and the template puts in every token: "
                "remove before and after (a second <bos> would be fed), or remove chat"
            )
        return self


class EndpointTable(_Table):
    """``[TASK.endpoint]``."""

    url: str = Field(pattern=r"^https?://[^/?#@]+[^?#@]*$")
    api: Api = "chat"
    timeout_s: float = Field(default=120.0, gt=0)
    retries: int = Field(default=4, ge=0, le=20)
    concurrency: int = Field(default=8, ge=1, le=1024)


class LimitsTable(_Table):
    """``[TASK.limits]``."""

    max_source_tokens: int = Field(default=1024, ge=1)
    max_output_tokens: int = Field(default=256, ge=1)


class GenerationTable(_Table):
    """``[TASK.generation]``."""

    beam_size: int = Field(default=1, ge=1, le=64)
    length_penalty: float = Field(default=1.0, ge=0)
    repetition_penalty: float = Field(default=1.0, gt=0)
    no_repeat_ngram_size: int = Field(default=0, ge=0)
    stop: list[Token] = []


class TaskTable(_Table):
    """``[summarizer]`` and ``[translator]``."""

    engine: Engine
    checkpoint: str
    compute_type: str = "int8"
    prompts: dict[str, Prompt]
    nouns: str | None = None
    feeding: FeedingTable = FeedingTable()
    endpoint: EndpointTable | None = None
    limits: LimitsTable = LimitsTable()
    generation: GenerationTable = GenerationTable()


class ProfileFile(_Table):
    """The whole file."""

    description: str = ""
    checkpoints: dict[str, CheckpointTable]
    summarizer: TaskTable
    translator: TaskTable
