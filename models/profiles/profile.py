"""What a profile is: frozen records, and the fingerprint of everything that shapes an output.

Knows nothing of TOML (``schema``), of where profiles lie (``registry``) or of how a checkpoint
is built (``build``).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from models.documents import ModelReference
from models.generation.endpoint import Endpoint
from models.generation.feeding import Feeding
from models.generation.protocol import GenerationOptions
from models.profiles.hashing import sha256_path

Engine = Literal["ctranslate2", "transformers", "llama", "remote"]
Source = Literal["package", "hub", "local", "remote"]
TaskName = Literal["summarizer", "translator"]

_FIELDS = re.compile(r"\{(?:text|draft)\}")

#: The prompt every task must have; variants without a prompt of their own fall back to it.
MAIN_PROMPT: Mapping[TaskName, str] = {"summarizer": "proposal", "translator": "translation"}

#: The number formats of each engine; "int8", the default, is float32 to transformers on a CPU.
COMPUTE_TYPES: Mapping[Engine, tuple[str, ...]] = {
    "ctranslate2": (
        *("int8", "float16", "bfloat16", "float32", "auto", "default", "int16"),
        *("int8_float32", "int8_float16", "int8_bfloat16"),
    ),
    "transformers": ("int8", "float16", "bfloat16", "float32", "auto"),
    "llama": ("int8", "int4", "float16", "bfloat16", "float32", "auto"),
    "remote": ("int8", "auto"),
}

#: All that a task may be asked, the main one first.
PROMPTS: Mapping[TaskName, tuple[str, ...]] = {
    "summarizer": ("proposal", "proposal_headline", "key_point", "key_point_headline"),
    "translator": ("translation",),
}


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms of a checkpoint. ``accept`` profiles run only once the user has agreed.

    ``excludes`` are the regions whose people may not use it.
    """

    name: str
    url: str
    commercial: bool
    accept: bool = False
    note: str = ""
    excludes: tuple[str, ...] = ()

    @property
    def needs_acceptance(self) -> bool:
        """Non-commercial and region-restricted terms need it, whatever the profile says."""
        return self.accept or not self.commercial or bool(self.excludes)

    @property
    def restriction(self) -> str:
        """Why it must be accepted, for a person; "" when it need not be."""
        if not self.needs_acceptance:
            return ""
        why = [] if self.commercial else ["no commercial use"]
        if self.excludes:
            why.append(f"not for use in {', '.join(self.excludes)}")
        if self.note:
            why.append(self.note)
        return "; ".join(why) or "its terms restrict who may use it, or for what"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which files, from where. ``id`` is a package, a hub id or a folder, by ``source``.

    A "remote" checkpoint is held by a server, which knows it by ``id``; none of it is here.

    ``tokenizer`` replaces the checkpoint's own, ``kept_tokens`` (npy, the old token id of each
    new row) trims its embedding to match, ``adapters`` are LoRA folders merged in this order.

    The ``revision`` of a "hub" checkpoint is a commit (40 hex digits) or, not pinned, a branch;
    ``file`` is the one file of the repository that is the checkpoint (a GGUF), ``size_bytes``
    what a pull fetches.
    """

    source: Source
    id: str
    revision: str
    licence: Licence
    tokenizer: Path | None = None
    kept_tokens: Path | None = None
    adapters: tuple[Path, ...] = ()
    file: str | None = None
    size_bytes: int | None = None

    @property
    def local_files(self) -> tuple[Path, ...]:
        """The files and folders of ours that went into it."""
        single = (self.tokenizer, self.kept_tokens)
        return tuple(path for path in single if path is not None) + self.adapters


@dataclass(frozen=True, slots=True)
class TaskProfile:
    """One task's half of a profile.

    ``prompts`` maps a variant ("proposal", "proposal_headline", "key_point"; "translation") to
    a template with ``{text}`` and, if the summarizer is to be shown what the rules make of
    the passage, ``{draft}``. ``max_source_tokens`` counts the finished prompt. ``endpoint`` is
    where a "remote" engine asks. ``nouns`` is a table of nouns whose English a translator is
    told (`models.anchors.nouns`), for networks trained on such sources.
    """

    task: TaskName
    engine: Engine
    checkpoint: Checkpoint
    prompts: Mapping[str, str]
    feeding: Feeding = field(default_factory=Feeding)
    max_source_tokens: int = 1024
    compute_type: str = "int8"
    options: GenerationOptions = field(default_factory=GenerationOptions)
    endpoint: Endpoint | None = None
    nouns: Path | None = None

    def template(self, variant: str | None = None) -> str:
        """The template of a variant; one without its own has its plain one's, or the main one."""
        names = [variant, variant.removesuffix("_headline")] if variant else []
        named = (self.prompts[name] for name in names if name in self.prompts)
        return next(named, self.prompts[MAIN_PROMPT[self.task]])

    def prompt(self, text: str, variant: str | None = None, draft: str = "") -> str:
        """The prompt for ``text``, its whitespace collapsed; ``draft`` goes where one is asked."""
        values = {"{text}": " ".join(text.split()), "{draft}": draft}
        return _FIELDS.sub(lambda field: values[field.group()], self.template(variant))

    @property
    def reference(self) -> ModelReference:
        """What a digest names: id and pinned revision, with a hash of the adapters if any."""
        checkpoint = self.checkpoint
        if not checkpoint.adapters:
            return ModelReference(checkpoint.id, checkpoint.revision)
        hashes = "".join(sha256_path(path) for path in checkpoint.adapters)
        adapters = hashlib.sha256(hashes.encode()).hexdigest()[:12]
        return ModelReference(checkpoint.id, f"{checkpoint.revision}+adapter.{adapters}")


@dataclass(frozen=True, slots=True)
class Profile:
    """A summarizer and a translator.

    ``fingerprint`` (hex sha-256) changes when anything changes that shapes an output: prompts,
    options, revisions, the bytes of tokenizers and adapters. Names and descriptions don't count.
    """

    name: str
    summarizer: TaskProfile
    translator: TaskProfile
    fingerprint: str
    description: str = ""

    @property
    def tasks(self) -> tuple[TaskProfile, TaskProfile]:
        """Both halves, summarizer first."""
        return (self.summarizer, self.translator)

    @property
    def licences(self) -> tuple[Licence, ...]:
        """The licences in play, each once."""
        return tuple(dict.fromkeys(task.checkpoint.licence for task in self.tasks))


def fingerprint(summarizer: TaskProfile, translator: TaskProfile) -> str:
    """sha-256 over the canonical JSON of both tasks, our files by their content."""
    content = [_resolved(task) for task in (summarizer, translator)]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _resolved(task: TaskProfile) -> dict[str, Any]:
    record = asdict(task)
    record["prompts"] = dict(task.prompts)
    checkpoint = record["checkpoint"]
    del checkpoint["licence"], checkpoint["size_bytes"]
    # What is not there must not count: profiles without it keep their fingerprint.
    if task.feeding.chat is None:
        del record["feeding"]["chat"]
    if task.checkpoint.file is None:
        del checkpoint["file"]
    del record["nouns"]
    if task.nouns is not None:
        record["nouns"] = sha256_path(task.nouns)
    # Which server answers, and how patiently it is asked, shapes no output; which API does.
    del record["endpoint"]
    if task.endpoint is not None:
        record["api"] = task.endpoint.api
    for name in ("tokenizer", "kept_tokens"):
        path = getattr(task.checkpoint, name)
        checkpoint[name] = sha256_path(path) if path else None
    checkpoint["adapters"] = [sha256_path(path) for path in task.checkpoint.adapters]
    if task.checkpoint.source == "local":
        checkpoint["id"] = sha256_path(Path(task.checkpoint.id))
    return record
