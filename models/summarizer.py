"""Passages to Korean proposals: the task's protocol, and what makes a generator a summarizer.

Knows how to ask (prompts by kind and style) and whom to believe: what the network writes is
checked against its evidence; what fails twice is replaced by the evidence condensed by rule.
Must not know which engine runs the network, nor anything of English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from models.anchors import AnchorContext, find_figures
from models.anchors.figure import Figure
from models.anchors.matching import same_figure
from models.checks import check_summary
from models.condense import condense
from models.documents import Condensed, Cost, Flag, ModelReference, Passage
from models.errors import GenerationError, QueueFullError, ServerUnavailableError
from models.generation.chunking import chunk_sentences
from models.generation.costs import add_costs, cost_of
from models.generation.protocol import Generation, GenerationOptions, TextGenerator
from models.reading import split_sentences
from models.reading.designations import person_name

Style = Literal["plain", "headline"]

_PASSED_ON = (QueueFullError, ServerUnavailableError)
"""Errors that say "not now" rather than "not this text": the caller must see them."""


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """One passage to condense; ``context`` is its article's (people, date, glossary)."""

    passage: Passage
    style: Style = "plain"
    context: AnchorContext = field(default_factory=AnchorContext)


class Summarizer(Protocol):
    """Condenses passages, each on its own, answers in order."""

    @property
    def reference(self) -> ModelReference:
        """The checkpoint behind it."""
        ...

    def summarize(self, requests: Sequence[SummaryRequest]) -> list[Condensed | GenerationError]:
        """N requests → N results in order; an item fails alone."""
        ...


class Prompter(Protocol):
    """Puts a text into the template of a variant, as the checkpoint was trained to be asked."""

    def __call__(self, text: str, variant: str | None = None, draft: str = "") -> str:
        """The finished prompt; ``draft`` is the text condensed by rule, for templates with one."""
        ...


@dataclass(frozen=True, slots=True)
class GeneratorSummarizer:
    """A summarizer made of a generator, its prompts and two ways of decoding.

    ``first`` is tried on everything; ``retry`` (an n-best list) only on what failed a check.
    """

    generator: TextGenerator
    prompt: Prompter
    reference: ModelReference
    first: GenerationOptions
    retry: GenerationOptions

    def summarize(self, requests: Sequence[SummaryRequest]) -> list[Condensed | GenerationError]:
        """N requests → N results in order; see ``Summarizer``.

        A passage too long for the network is condensed in chunks, and what they give is condensed
        again; the result must hold against the whole passage like any other.
        """
        parts = [self._chunks(request) for request in requests]
        answers = iter(self._whole([part for chunks in parts for part in chunks]))
        results: list[Condensed | GenerationError] = []
        for request, chunks in zip(requests, parts, strict=True):
            mine = [next(answers) for _ in chunks]
            results.append(mine[0] if len(chunks) == 1 else self._merged(request, mine))
        return results

    def _prompt(self, request: SummaryRequest) -> str:
        draft = condense(request.passage, request.style)
        return self.prompt(request.passage.text, _variant(request), draft)

    def _chunks(self, request: SummaryRequest) -> list[SummaryRequest]:
        def fits(text: str) -> bool:
            prompt = self._prompt(_about(request, text))
            return self.generator.count_tokens([prompt])[0] <= self.generator.max_source_tokens

        if fits(request.passage.text):
            return [request]
        sentences = [sentence.text for sentence in request.passage.sentences]
        runs = chunk_sentences(sentences, fits)
        return [_about(request, " ".join(run)) for run in runs] or [request]

    def _merged(
        self, request: SummaryRequest, parts: Sequence[Condensed | GenerationError]
    ) -> Condensed | GenerationError:
        """The parts' sentences condensed to one; by rule when that doesn't hold."""
        failed = next((part for part in parts if isinstance(part, GenerationError)), None)
        if failed is not None:
            return failed
        done = [part for part in parts if isinstance(part, Condensed)]
        cost = replace(add_costs(*(part.cost for part in done)), chunks=len(done))
        joined = " ".join(dict.fromkeys(part.text for part in done))
        if len(joined) >= len(request.passage.text):
            return _by_rule(request, cost)
        (merged,) = self.summarize([_about(request, joined)])
        if isinstance(merged, GenerationError):
            return merged
        cost = add_costs(cost, merged.cost)
        if check_summary(request.passage.text, merged.text, request.context):
            return _by_rule(request, cost)
        by_rule = all(part.method == "extractive" for part in (*done, merged))
        return replace(merged, method="extractive" if by_rule else "abstractive", cost=cost)

    def _whole(self, requests: Sequence[SummaryRequest]) -> list[Condensed | GenerationError]:
        """Each passage read at once."""
        results = self._attempt(requests, self.first)
        again = [i for i, result in enumerate(results) if _rejected(result)]
        if again and self.retry != self.first:
            for i, result in zip(
                again, self._attempt([requests[i] for i in again], self.retry), strict=True
            ):
                results[i] = _with_earlier_cost(result, results[i])
        return [
            _settled(request, result) for request, result in zip(requests, results, strict=True)
        ]

    def _attempt(
        self, requests: Sequence[SummaryRequest], options: GenerationOptions
    ) -> list[_Attempt]:
        prompts = [self._prompt(request) for request in requests]
        generations = self.generator.generate(prompts, options)
        return [
            _judged(request, generation)
            for request, generation in zip(requests, generations, strict=True)
        ]


def _about(request: SummaryRequest, text: str) -> SummaryRequest:
    """The same request about another text."""
    return replace(request, passage=replace(request.passage, sentences=split_sentences(text)))


def _by_rule(request: SummaryRequest, cost: Cost) -> Condensed:
    return Condensed(condense(request.passage, request.style), "extractive", cost=cost)


def _variant(request: SummaryRequest) -> str:
    return request.passage.kind + ("_headline" if request.style == "headline" else "")


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A hypothesis that passed (no flags), the best that did not, or the engine's error."""

    text: str = ""
    flags: tuple[Flag, ...] = ()
    cost: Cost = Cost()
    error: GenerationError | None = None


def _judged(request: SummaryRequest, generation: Generation | GenerationError) -> _Attempt:
    if isinstance(generation, GenerationError):
        return _Attempt(error=generation)
    best: _Attempt | None = None
    for hypothesis in generation.hypotheses:
        text = hypothesis.text.strip().split("\n", 1)[0].strip()
        flags = (
            *check_summary(request.passage.text, text, request.context),
            *_lost_figures(request.passage, text),
            *_says_who(request.passage, text),
        )
        attempt = _Attempt(text, flags, cost_of(generation))
        if not flags:
            return attempt
        best = best or attempt
    return best or _Attempt(error=GenerationError("the generator gave no hypothesis"))


def _lost_figures(passage: Passage, text: str) -> tuple[Flag, ...]:
    """A flag when none of the figures of the proposing clause is left ("… 3만 개를 육성해야 한다").

    That clause is the last one of the rule's condensation. Of 250 reference proposals of
    policy.jsonl, 26 leave all its figures out; a small model does so far more often.
    """
    if passage.kind == "key_point":
        return ()
    rule = condense(passage)
    closing = max(rule.rfind(mark, 0, len(rule) - len(mark) * 2) for mark in (", ", "고 "))
    figures = [anchor for anchor in find_figures(rule) if anchor.start > closing]
    kept = [anchor.value for anchor in find_figures(text)]
    if not figures or any(_same(anchor.value, value) for anchor in figures for value in kept):
        return ()
    names = ", ".join(anchor.text for anchor in figures)
    return (Flag("figure_dropped", "warning", f"none of {names} is left", ko=names),)


def _says_who(passage: Passage, text: str) -> tuple[Flag, ...]:
    """A flag when a proposal begins with its own speaker, as if that one should act.

    Of 2,824 reference proposals with a speaker one does; speakers are shown beside them.
    """
    speaker = passage.speaker or ""
    name = person_name(speaker)
    if name is None or passage.kind == "key_point":
        return ()
    brief = f"{name[0]} {speaker.split()[-1]}"  # "육 대표" of "육혜란 성광정밀 대표"
    if not text.startswith((name, brief)):
        return ()
    return (Flag("speaker_acts", "warning", f"{name} speaks, and is no part of it", ko=name),)


def _same(ours: object, theirs: object) -> bool:
    return isinstance(ours, Figure) and isinstance(theirs, Figure) and same_figure(ours, theirs)


def _rejected(attempt: _Attempt) -> bool:
    return attempt.error is None and bool(attempt.flags)


def _with_earlier_cost(attempt: _Attempt, earlier: _Attempt) -> _Attempt:
    return replace(attempt, cost=add_costs(earlier.cost, attempt.cost))


def _settled(request: SummaryRequest, attempt: _Attempt) -> Condensed | GenerationError:
    """The network's sentence when it holds, else the rule's, else "not now"."""
    if isinstance(attempt.error, _PASSED_ON):
        return attempt.error
    if attempt.error is None and not attempt.flags:
        return Condensed(attempt.text, "abstractive", cost=attempt.cost)
    return _by_rule(request, attempt.cost)
