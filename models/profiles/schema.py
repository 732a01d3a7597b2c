"""The way from a profile's TOML file to a ``Profile``.

Every mistake is a ``ProfileError`` that names the file, the key, the value and what to do.
Paths in a file are relative to it. A checkpoint is written once under ``[checkpoints.NAME]`` and
named by the tasks, so that a model that does both is built and loaded once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.errors import ProfileError
from models.generation.endpoint import Endpoint
from models.generation.feeding import Chat, Feeding
from models.generation.protocol import GenerationOptions
from models.profiles.profile import (
    COMPUTE_TYPES,
    MAIN_PROMPT,
    PROMPTS,
    Checkpoint,
    Licence,
    Profile,
    Source,
    TaskName,
    TaskProfile,
    fingerprint,
)
from models.profiles.tables import (
    CheckpointTable,
    EndpointTable,
    FeedingTable,
    LicenceTable,
    ProfileFile,
    TaskTable,
)

_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_HUB_FILE = re.compile(r"(?:(?!\.\.?/)[^/\\\0]+/)*[^/\\\0]+\.gguf")


def read_profile(path: Path, name: str | None = None) -> Profile:
    """The profile in a TOML file; ``ProfileError`` names file, key, value and remedy."""
    file = _validated(path)
    checkpoints = {
        key: _checkpoint(table, path, f"checkpoints.{key}")
        for key, table in file.checkpoints.items()
    }
    summarizer = _task("summarizer", file.summarizer, checkpoints, path)
    translator = _task("translator", file.translator, checkpoints, path)
    return Profile(
        name=name or path.stem,
        summarizer=summarizer,
        translator=translator,
        fingerprint=fingerprint(summarizer, translator),
        description=file.description,
    )


def _validated(path: Path) -> ProfileFile:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: can't be read ({error}); give a UTF-8 TOML file") from error
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{path}: not valid TOML ({error}); correct that line") from error
    try:
        return ProfileFile.model_validate(content)
    except ValidationError as error:
        raise ProfileError(f"{path}: {_first_problem(error)}") from error


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in problem["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    if problem["type"] == "extra_forbidden":
        return f"unknown key {key} = {problem['input']!r}; remove it or correct its name{more}"
    if problem["type"] == "missing":
        return f"the key {key} is missing; add it{more}"
    return f"{key} = {problem['input']!r}: {problem['msg']}; correct the value{more}"


def _checkpoint(table: CheckpointTable, file: Path, key: str) -> Checkpoint:
    def resolve(name: str, value: str) -> Path:
        return _path(file, f"{key}.{name}", value)

    problem = hub_problem(table)
    if problem:
        raise ProfileError(f"{file}: {key}.{problem}")
    local = table.source == "local"
    return Checkpoint(
        source=table.source,
        id=str(resolve("id", table.id)) if local else table.id,
        revision=table.revision or ("main" if table.source == "hub" else "local"),
        licence=_licence(table.licence),
        file=table.file,
        size_bytes=table.size_bytes,
        tokenizer=resolve("tokenizer", table.tokenizer) if table.tokenizer else None,
        kept_tokens=resolve("kept_tokens", table.kept_tokens) if table.kept_tokens else None,
        adapters=tuple(resolve("adapters", value) for value in table.adapters),
    )


def _path(file: Path, key: str, value: str) -> Path:
    path = (file.parent / Path(value).expanduser()).resolve()
    if not path.exists():
        raise ProfileError(
            f"{file}: {key} = {value!r}: {path} does not exist; "
            "put the file there or correct the path (relative to the profile's file)"
        )
    return path


def _licence(table: LicenceTable) -> Licence:
    values = table.model_dump() | {"excludes": tuple(table.excludes)}
    return Licence(**values)


def hub_problem(table: CheckpointTable) -> str | None:
    """What a checkpoint's keys say that can't be, for its source; None when all is well."""
    if table.source != "hub":
        named = [key for key in ("file", "size_bytes") if getattr(table, key) is not None]
        if named:
            return f"{named[0]}: only a checkpoint of source = 'hub' has it; remove it"
        return None
    if not _HUB_ID.fullmatch(table.id):
        return f"id = {table.id!r} is no repository of the hub; write it as 'organisation/name'"
    if table.file and not _HUB_FILE.fullmatch(table.file):
        return f"file = {table.file!r} is no file of a repository; write it as in its file list"
    if table.tokenizer or table.kept_tokens or table.adapters:
        return (
            "tokenizer, kept_tokens and adapters can only be applied to the packaged base; "
            "name a checkpoint that has them merged"
        )
    return None


def _task(
    task: TaskName, table: TaskTable, checkpoints: dict[str, Checkpoint], file: Path
) -> TaskProfile:
    if table.checkpoint not in checkpoints:
        raise ProfileError(
            f"{file}: {task}.checkpoint = {table.checkpoint!r} is none of "
            f"{', '.join(checkpoints)}; add [checkpoints.{table.checkpoint}] or name one of these"
        )
    problem = (
        _prompt_problem(task, table.prompts)
        or _nouns_problem(task, table)
        or _number_problem(table)
        or remote_problem(table, checkpoints[table.checkpoint].source)
    )
    if problem:
        raise ProfileError(f"{file}: {task}.{problem}")
    return TaskProfile(
        task=task,
        engine=table.engine,
        checkpoint=checkpoints[table.checkpoint],
        prompts=dict(table.prompts),
        feeding=_feeding(table.feeding),
        max_source_tokens=table.limits.max_source_tokens,
        compute_type=table.compute_type,
        options=_options(table),
        endpoint=Endpoint(**table.endpoint.model_dump()) if table.endpoint else None,
        nouns=_path(file, f"{task}.nouns", table.nouns) if table.nouns else None,
    )


def _prompt_problem(task: TaskName, prompts: Mapping[str, str]) -> str | None:
    unknown = [name for name in prompts if name not in PROMPTS[task]]
    if unknown:
        return (
            f"prompts: unknown key {unknown[0]!r}; remove it or correct its name "
            f"(there is {', '.join(PROMPTS[task])})"
        )
    if MAIN_PROMPT[task] not in prompts:
        return f"prompts lacks {MAIN_PROMPT[task]!r}; add it, with {{text}} in it"
    if task == "translator" and any("{draft}" in prompt for prompt in prompts.values()):
        return "prompts.translation has {draft}, which only a summarizer is given; take it out"
    return None


def _nouns_problem(task: TaskName, table: TaskTable) -> str | None:
    if table.nouns is not None and task == "summarizer":
        return f"nouns = {table.nouns!r}: only a translator is told nouns; remove it"
    return None


def _number_problem(table: TaskTable) -> str | None:
    known = COMPUTE_TYPES[table.engine]
    if table.compute_type in known:
        return None
    return (
        f"compute_type = {table.compute_type!r} is none of those that engine {table.engine!r} "
        f"has: {', '.join(known)}; name one of them"
    )


def _feeding(table: FeedingTable) -> Feeding:
    return Feeding(
        architecture=table.architecture,
        before=tuple(table.before),
        after=tuple(table.after),
        target_before=tuple(table.target_before),
        end=tuple(table.end),
        chat=Chat(**table.chat.model_dump()) if table.chat else None,
    )


def _options(table: TaskTable) -> GenerationOptions:
    values: dict[str, Any] = table.generation.model_dump()
    values["stop"] = tuple(values["stop"])
    return GenerationOptions(max_output_tokens=table.limits.max_output_tokens, **values)


def remote_problem(table: TaskTable, source: Source) -> str | None:
    """What doesn't fit together between engine, checkpoint, endpoint and what servers can do."""
    remote = table.engine == "remote"
    if remote != (source == "remote"):
        return (
            f"engine = {table.engine!r} with a checkpoint of source = {source!r}; "
            "the engine 'remote' and the source 'remote' go together"
        )
    if remote != (table.endpoint is not None):
        what = "add its url" if remote else "remove it, or set engine = 'remote'"
        return f"endpoint is {'missing' if remote else 'for a remote engine only'}; {what}"
    return _unservable(table, table.endpoint) if table.endpoint else None


def _unservable(table: TaskTable, endpoint: EndpointTable) -> str | None:
    feeding, generation = table.feeding, table.generation
    if feeding.before or feeding.after or feeding.target_before or feeding.end:
        return "feeding names tokens; a server puts its model's own in, remove them"
    if endpoint.api == "completions" and feeding.chat:
        return "feeding.chat needs endpoint.api = 'chat'; completions are sent the bare prompt"
    if generation.beam_size > 1 or generation.no_repeat_ngram_size:
        return (
            "generation asks for beam_size or no_repeat_ngram_size, which no OpenAI-compatible "
            "server is asked for; remove them"
        )
    return None
