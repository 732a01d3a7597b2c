"""From a profile's name to an open pipeline: checkpoints built, networks loaded, tasks made.

The only place that knows both profiles and tasks. A checkpoint that does both tasks is loaded
once. Must not know of settings, HTTP or the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.anchors import Glossary
from models.anchors.nouns import NO_NOUNS, Nouns
from models.digest import Digester, ProfileIdentity
from models.documents import Condensed, Translation
from models.errors import ProfileError, YojiError
from models.generation.batching import QueueLimits
from models.generation.endpoint import RemoteAccess
from models.generation.factory import open_generators
from models.generation.protocol import GenerationOptions, TextGenerator
from models.profiles import (
    Profile,
    TaskProfile,
    load_profile,
    require_licences,
    require_pulled,
    resolved_profile,
)
from models.profiles.serving import with_access
from models.reading import ReadingLimits
from models.summarizer import GeneratorSummarizer, Style, Summarizer
from models.texts import summarize_texts, translate_texts
from models.translator import GeneratorTranslator, Translator

_RETRY_BEAM = 4
"""The least width of the n-best list asked for when the first output fails a check."""
_LEAST_TEXT_TOKENS = 16
"""A clause. With less room an article would be read in shreds."""


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """Where built checkpoints lie and how networks run; ``threads`` None is all there are."""

    cache_dir: Path
    device: str = "auto"
    threads: int | None = None
    queue: QueueLimits = QueueLimits()
    accepted_licences: Collection[str] = ()
    limits: ReadingLimits = ReadingLimits()
    remote: RemoteAccess = RemoteAccess()


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A profile ready to work. Safe to call from several threads."""

    profile: Profile
    summarizer: Summarizer
    translator: Translator
    digester: Digester
    limits: ReadingLimits
    generators: tuple[TextGenerator, ...] = ()

    def summarize(
        self, texts: Sequence[str], style: Style = "plain"
    ) -> list[Condensed | YojiError]:
        """N Korean texts → N condensed ones or errors, in order."""
        return summarize_texts(self.summarizer, texts, style, self.limits)

    def translate(
        self, texts: Sequence[str], glossary: Glossary | None = None
    ) -> list[Translation | YojiError]:
        """N Korean texts → N English ones or errors, in order."""
        return translate_texts(self.translator, texts, glossary, self.limits)

    def close(self) -> None:
        """Free the networks."""
        for generator in self.generators:
            generator.close()


def open_pipeline(
    profile_name: str,
    settings: PipelineSettings,
    progress: Callable[[str], None] | None = None,
) -> Pipeline:
    """Load a profile (a shipped name or a TOML's path); missing checkpoints are built first.

    Nothing is downloaded: a hub checkpoint must have been pulled. Raises ``ProfileError`` or
    ``CheckpointError`` before any article is read. ``progress`` gets
    one line of text for each step that takes time.
    """
    profile = with_access(load_profile(profile_name), settings.remote)
    profile = resolved_profile(profile, settings.cache_dir)
    require_licences(profile, settings.accepted_licences)
    require_pulled(profile, profile_name, settings.cache_dir)
    generators = open_generators(
        profile,
        settings.cache_dir,
        device=settings.device,
        threads=settings.threads,
        limits=settings.queue,
        progress=progress,
    )
    try:
        _require_room(profile.summarizer, generators.summarizer)
        _require_room(profile.translator, generators.translator)
    except BaseException:
        generators.close()
        raise
    return make_pipeline(profile, generators.summarizer, generators.translator, settings.limits)


def _require_room(task: TaskProfile, generator: TextGenerator) -> None:
    """``ProfileError`` for a prompt that leaves no room for a text: every article would fail."""
    counts = generator.count_tokens([task.prompt("", variant) for variant in task.prompts])
    limit = generator.max_source_tokens
    for variant, count in zip(task.prompts, counts, strict=True):
        if count + _LEAST_TEXT_TOKENS > limit:
            by = "the profile" if limit == task.max_source_tokens else "the network"
            raise ProfileError(
                f"{task.task}.prompts.{variant} takes {count} tokens before any text is in it, "
                f"{by} allows {limit} and a text needs {_LEAST_TEXT_TOKENS}; shorten it, or "
                + _more_room(task, limit)
            )


def _more_room(task: TaskProfile, limit: int) -> str:
    if limit == task.max_source_tokens:
        return f"raise {task.task}.limits.max_source_tokens"
    return "take a network that reads more"


def make_pipeline(
    profile: Profile,
    summarizer_generator: TextGenerator,
    translator_generator: TextGenerator,
    limits: ReadingLimits | None = None,
) -> Pipeline:
    """A pipeline on generators that are already open (fakes, a shared engine)."""
    limits = limits or ReadingLimits()
    summarizer = GeneratorSummarizer(
        summarizer_generator,
        profile.summarizer.prompt,
        profile.summarizer.reference,
        _every_beam(profile.summarizer.options),
        _n_best(profile.summarizer.options),
    )
    translator = GeneratorTranslator(
        translator_generator,
        profile.translator.prompt,
        profile.translator.reference,
        _every_beam(profile.translator.options),
        _n_best(profile.translator.options),
        Nouns.read(profile.translator.nouns) if profile.translator.nouns else NO_NOUNS,
    )
    identity = ProfileIdentity(profile.name, profile.fingerprint)
    generators = tuple({id(g): g for g in (summarizer_generator, translator_generator)}.values())
    return Pipeline(
        profile,
        summarizer,
        translator,
        Digester(summarizer, translator, identity, limits),
        limits,
        generators,
    )


def _every_beam(options: GenerationOptions) -> GenerationOptions:
    """All that a beam search has found: it costs nothing more, and one of them may hold."""
    return replace(options, hypotheses=options.beam_size)


def _n_best(options: GenerationOptions) -> GenerationOptions:
    """A wider search than the first."""
    width = max(2 * options.beam_size, _RETRY_BEAM)
    return replace(options, beam_size=width, hypotheses=width)
